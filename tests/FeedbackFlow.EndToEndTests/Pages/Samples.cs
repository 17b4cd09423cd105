using FeedbackFlow.App;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.App.Pages.Development;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.App.Pages.Health;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.App.Pages.Promises;
using FeedbackFlow.Pipeline.Insights;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Tests.Pages;

/// <summary>One invented firm and one invented customer, in either language, on a Monday at 14:40.</summary>
internal sealed record Samples(string Language)
{
    public const string Zone = "Asia/Jerusalem";

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 40, 0, TimeSpan.FromHours(2));

    private bool Hebrew => Language == "he";

    /// <summary>Every name, text and address that somebody typed; hostile tests replace them.</summary>
    public string CustomerName { get; init; } = Language == "he" ? "דנה כהן" : "Dana Cohen";

    public string OwnerName { get; init; } = Language == "he" ? "נועה לוי" : "Noa Levi";

    public string BusinessName { get; init; } = Language == "he" ? "מזגני הכרמל" : "Carmel Air";

    public string Text { get; init; } = Language == "he"
        ? "כבר שמונה ימים אני מנסה להשיג אתכם. חיכיתי 40 דקות על הקו, השארתי מספר ואף אחד לא חזר.\nהמזגן עדיין מטפטף על הספה. אם גם היום לא יחזרו אליי אדאג לשתף את כל מי שאני רק יכולה."
        : "I have been trying to reach you for eight days. I held the line for 40 minutes, left a number and nobody called back.\nThe air conditioner still drips on the sofa. If nobody calls today either, I will tell everyone I can.";

    public string Typed { get; init; } = Language == "he" ? "ההמתנה הסתיימה, נקבע טכנאי למחר" : "A technician comes tomorrow";

    public PageFrame Frame => new(Language, BusinessName, "/privacy/carmel", "/accessibility/carmel");

    public PageFrame FrameWithLanguages => Frame with { Languages = [new(Hebrew ? "en" : "he", "?lang=" + (Hebrew ? "en" : "he"))] };

    public Contact Contact => new(CustomerName, "dana@example.com", "+972545550123");

    public Person Owner => new(PersonId.From("p1"), OwnerName, "noa@example.com", "+972545550199", PersonRole.Manager, Language, []);

    public Business Business => new(
        "carmel", BusinessName, Language, Zone, WorkingWeek.Israeli, Policy.Default, "+97245550100", "service@example.com", "https://reviews.example.com/carmel",
        [Owner], [], "", Now.AddYears(-1));

    public IReadOnlyList<Evidence> Evidence => [Range(Threat), Range(Waits)];

    private string Threat => Hebrew ? "אדאג לשתף את כל מי שאני רק יכולה" : "I will tell everyone I can";

    private string Waits => Hebrew ? "שמונה ימים אני מנסה להשיג אתכם" : "trying to reach you for eight days";

    public Reading Reading => new(
        Language, Sentiment.Negative, new(0.01, 0.04, 0.95),
        [
            new(SignalKind.Publish, SignalStrength.Threat, 0.97, [Range(Threat)]),
            new(SignalKind.Unreachable, null, 0.9, [Range(Waits)]),
        ],
        [new(FindingKind.RepeatContact, [Range(Waits)])],
        "local/1");

    public Feedback Feedback => new(
        FeedbackId.From("f1"), Now, Channel.Form, Origin.JobLink, new Rating(RatingScale.Csat, 1), Text, true, Contact, CustomerId.From("c1"), JobId.From("j1"), null);

    public CallBackTask Task => new(
        TaskId.From("t1"), Now, TaskState.Open, Priority.Critical, Owner.Id, CustomerId.From("c1"), Contact, [Feedback.Id],
        [
            new(ReasonKind.Signal, SignalKind.Publish, SignalStrength.Threat),
            new(ReasonKind.Unanswered, Count: 3),
            new(ReasonKind.LowScore, Count: 1, Detail: "csat"),
        ],
        Promise.Make(Now, Now.AddHours(1), Now.AddHours(27), [ToldBy.Page, ToldBy.Mail]), [], [], null, Ladder.Fresh, Now);

    public Closing Closing => new(Outcome.Saved, Typed, Typed, OwnerName, Now.AddMinutes(40));

    public IReadOnlyDictionary<LinkPurpose, Uri> Links => new Dictionary<LinkPurpose, Uri>
    {
        [LinkPurpose.HandOver] = new("https://feedback.example.com/a/carmel-5"),
        [LinkPurpose.Claim] = new("https://feedback.example.com/a/carmel-1"),
        [LinkPurpose.ReachedSaved] = new("https://feedback.example.com/a/carmel-2"),
        [LinkPurpose.ReachedLost] = new("https://feedback.example.com/a/carmel-3"),
        [LinkPurpose.NoAnswer] = new("https://feedback.example.com/a/carmel-4"),
    };

    public Uri TaskPage => new("https://feedback.example.com/manage/tasks/t1");

    private Recipient ToOwner => new(OwnerName, "noa@example.com", Language);

    private Recipient ToCustomer => new(CustomerName, "dana@example.com", Language);

    // Letters

    public ApologyDraft Apology => new(LetterId.From("l1"), Business, ToCustomer, Now, Task, Owner, Text, TakesBlame: true, ByPhone: true) { Page = new("https://feedback.example.com/p/carmel-7") };

    public ApologyDraft PlainApology => new(
        LetterId.From("l2"), Business, ToCustomer, Now, Task with { Contact = Contact with { Phone = null, Name = null } }, Owner, null, TakesBlame: false, ByPhone: false);

    public AlertDraft Alert => new(
        LetterId.From("l3"), Business, ToOwner, Now, Task, Owner, Feedback, Reading, [Now.AddDays(-8), Now.AddDays(-3)], Joined: false, StandsIn: false, Links, TaskPage);

    public AlertDraft AlertThatJoined => Alert with { Id = LetterId.From("l4"), Joined = true, StandsIn = true, Feedback = Feedback with { Text = LongText } };

    public ReminderDraft Reminder => new(LetterId.From("l5"), Business, ToOwner, Now.AddMinutes(30), Task, Owner, Feedback, Reading, LadderStep.Half, Links, TaskPage);

    public EscalationDraft Escalation => new(LetterId.From("l6"), Business, ToOwner, Now.AddMinutes(75), Task, Owner, Feedback, Reading, LadderStep.Overdue, Links, TaskPage);

    public SummaryDraft Summary => new(
        LetterId.From("l12"), Business, ToOwner, Now.AddMinutes(61),
        [
            new(Task, LadderStep.Overdue, OwnerName, TaskPage),
            new(Task with { Contact = Contact with { Name = null }, Promise = Promise.Make(Now, Now.AddHours(3), Now.AddHours(27), []) }, LadderStep.Half, OwnerName, TaskPage),
        ],
        new("https://feedback.example.com/manage"));

    public DigestDraft Digest => new(
        LetterId.From("l14"), Business, ToOwner, Now, new(
            Now.AddDays(-1), new(
                [Task with { Promise = Promise.Make(Now.AddHours(-20), Now.AddHours(-2), Now.AddHours(8), [ToldBy.Page]) }],
                [Task with { Contact = Contact with { Name = null }, Promise = Promise.Make(Now, Now.AddHours(3), Now.AddHours(27), []) }], 2),
            new(5, 1, 1), new(12, 3), 1,
            new(Now.AddDays(-7), new(48, 9), new(7, 1, 1), 4, 1, SignalKind.Unreachable, 3, 6)), IsDaily: true, new(new("https://feedback.example.com/")));

    public DigestDraft QuietWeek => Digest with
    {
        Id = LetterId.From("l15"), IsDaily = false,
        Digest = new(Now.AddDays(-1), new([], [], 0), new(0, 0, 0), new(0, 0), 0, new(Now.AddDays(-7), new(0, 0), new(0, 0, 0), 0, 0, null, 0, 0)),
    };

    public SignInDraft SignIn => new(LetterId.From("l7"), Business, ToOwner, Now, new("https://feedback.example.com/manage/sign-in/carmel-9"));

    public IReadOnlyDictionary<string, LetterDraft> Letters => new Dictionary<string, LetterDraft>
    {
        ["apology"] = Apology,
        ["acknowledgement"] = PlainApology,
        ["rest-acknowledgement"] = new AcknowledgementDraft(LetterId.From("l8"), Business, ToCustomer, Now, Task, Owner, ByPhone: true),
        ["tried"] = new TriedDraft(LetterId.From("l10"), Business, ToCustomer, Now, Task, Owner, 1),
        ["gave-up"] = new GaveUpDraft(LetterId.From("l11"), Business, ToCustomer, Now, Closed, Owner, 3, new("https://feedback.example.com/b/carmel")),
        ["summary"] = Summary,
        ["digest"] = Digest,
        ["digest-week"] = QuietWeek,
        ["alert"] = Alert,
        ["alert-joined"] = AlertThatJoined,
        ["reminder"] = Reminder,
        ["escalation"] = Escalation,
        ["sign-in"] = SignIn,
        ["wish"] = Wish,
        ["check-back"] = CheckBack,
        ["trial"] = new TrialDraft(LetterId.From("l13"), Business, ToOwner, Now, WayKind.Mail, new("https://feedback.example.com/manage")),
    };

    private string LongText => Text + string.Concat(Enumerable.Repeat("\n" + Text, 8));

    // Forms

    public FormModel Form => new(
        FrameWithLanguages, "/f/carmel-7", "0193c0ffee", Hebrew ? "תיקון מזגן, 20 בנובמבר" : "Air conditioner repair, 20 November", ContactKnown: false,
        Business.Phone, Business.ReplyTo, FormValues.Empty, []);

    public FormModel FormWithErrors => Form with
    {
        Service = null,
        Values = new(2, Text, true, CustomerName, "054-12", "dana@"),
        Errors =
        [
            new(FormFields.Phone, Words.For(Language)["form.error.phone"]),
            new(FormFields.Email, Words.For(Language)["form.error.email"]),
        ],
    };

    public AnswerModel Answer => new(
        Frame, new(OwnerName, PersonRole.Manager, Now.AddHours(1), ByPhone: true, "+972545550199"), NoWayBack: false, Again: false,
        Business.ReviewUrl, Business.Phone, Business.ReplyTo, Zone, Now);

    public AnswerModel PlainAnswer => Answer with { Promise = null };

    public AnswerModel AnswerWithoutWayBack => Answer with { Promise = null, NoWayBack = true, Again = true };

    public NoticeModel Notice => new(Frame, Business.Phone, Business.ReplyTo, "/b/carmel");

    // Actions

    private IReadOnlyList<PersonChoice> People =>
    [
        new(PersonId.From("p2"), Hebrew ? "יוסי ברק" : "Yossi Barak", PersonRole.Backup, true),
        new(PersonId.From("p3"), OwnerName, PersonRole.Owner, false),
    ];

    public ActionModel Action(LinkPurpose purpose) => new(
        Frame, purpose, "/a/carmel-1", Task, OwnerName, Text, Evidence, People, "/manage/tasks/t1", ActionValues.Empty, [], Zone, Now.AddMinutes(10));

    public ActionDoneModel Done(ActionResult result) => new(
        Frame, result,
        result is ActionResult.LinkExpired ? null : result is ActionResult.TaskClosed or ActionResult.Saved or ActionResult.Lost ? Closed : Task,
        result is ActionResult.LinkExpired ? null : OwnerName,
        result is ActionResult.LinkExpired ? null : "/manage/tasks/t1", Zone, Now.AddMinutes(45));

    // The customer's own page

    public CallBackTask WithoutCall => Task with { Reasons = [new(ReasonKind.AsksForNoCall), .. Task.Reasons], Promise = Task.Promise with { State = PromiseState.Released, SettledAt = Now } };

    public CallBackTask AtAnotherTime => Task with
    {
        Reasons = [new(ReasonKind.AsksForOtherTime), .. Task.Reasons],
        Promise = Promise.Make(Now, Now.AddHours(27), Now.AddHours(48), [ToldBy.Page]) with { From = Now.AddHours(22) },
        EarlierPromises = [Task.Promise with { State = PromiseState.Kept, NobodyCalledAt = Now }, Task.Promise with { State = PromiseState.Broken, NobodyCalledAt = Now }],
        CheckBacks = [new(null, false, Now.AddMinutes(-5)), new(null, true, Now)],
    };

    public PromisePageModel OwnPage => new(
        FrameWithLanguages, "/p/carmel-7", "?lang=" + Language, MatterState.Waiting, Answer.Promise, null, null,
        [new(Now, Text), new(Now.AddDays(-3), Typed), new(Now.AddDays(-8), null)], null,
        new(false, CallWindow.Offered(Business.Hours(), Now), [WrittenBy.Mail, WrittenBy.WhatsApp], true, false, null, true), null, [], Business.Phone, Business.ReplyTo, Zone, Now.AddMinutes(10));

    public PromisePageModel OwnPageOverdue => OwnPage with
    {
        State = MatterState.Overdue, Now = Now.AddHours(2), Offers = OwnPage.Offers with { NobodyCalled = true, NoCall = false }, WrittenBy = WrittenBy.WhatsApp,
        Errors = [new(PromiseFields.Window, Words.For(Language)["case.error.window"])],
    };

    public PromisePageModel OwnPageClosed => OwnPage with
    {
        State = MatterState.Closed, Promise = null, ClosedAt = Now.AddMinutes(40), Now = Now.AddDays(3), Offers = PromiseOffers.Nothing with { AsksSolved = true, NobodyCalled = true },
        Notice = Words.For(Language)["case.done.already"],
    };

    public ErasePageModel Erase => new(Frame, "/p/carmel-7/erase", "/p/carmel-7");

    public WishDraft Wish => new(LetterId.From("l20"), Business, ToOwner, Now, AtAnotherTime, Links, TaskPage);

    public CheckBackDraft CheckBack => new(LetterId.From("l21"), Business, ToCustomer, Now.AddDays(3), Closed, Owner, new("https://feedback.example.com/p/carmel-7"));

    // Manage

    private ManageNav Nav => new(OwnerName, "/manage", "/manage?status=closed", "/manage/outbox", "/manage/sign-out", 2, new("__RequestVerificationToken", "token"));

    private CallBackTask Closed => Task with { State = TaskState.Closed, Closing = Closing, Promise = Task.Promise.AfterAttempt(Now.AddMinutes(38)) };

    public BoardModel Board => new(Frame, Nav, false,
    [
        new(Task with { Id = TaskId.From("t0"), OpenedAt = Now.AddHours(-27), Promise = Promise.Make(Now.AddHours(-27), Now.AddHours(-25), Now.AddHours(-1), [ToldBy.Page]) }, OwnerName, Text, Evidence, "/manage/tasks/t0"),
        new(Task with { OpenedAt = Now.AddHours(-2), Promise = Task.Promise with { By = Now.AddMinutes(-20) } }, OwnerName, Text, Evidence, "/manage/tasks/t1"),
        new(
            Task with
            {
                Id = TaskId.From("t2"), State = TaskState.Claimed, Priority = Priority.High, OpenedAt = Now.AddMinutes(-40),
                Reasons = [new(ReasonKind.AsksForCall), new(ReasonKind.Signal, SignalKind.Money)], Promise = Task.Promise with { By = Now.AddMinutes(20) },
                Contact = new(Hebrew ? "David Miller" : "דוד מילר", null, "+14155550123"),
            },
            OwnerName, Hebrew ? "Charged twice for the same visit, please call." : "חויבתי פעמיים על אותו ביקור, אשמח לשיחה.", [], "/manage/tasks/t2"),
        new(
            Task with
            {
                Id = TaskId.From("t3"), Priority = Priority.Normal, OpenedAt = Now.AddDays(-1),
                Reasons = [new(ReasonKind.LowScore, Count: 2, Detail: "csat")], Promise = Promise.Make(Now, Now.AddHours(20), Now.AddHours(44), []),
                Contact = Contact.None,
            },
            OwnerName, null, [], "/manage/tasks/t3"),
    ], "/manage?after=t3", Zone, Now);

    public BoardModel ClosedBoard => new(Frame, Nav, true,
    [
        new(Closed, OwnerName, Text, Evidence, "/manage/tasks/t1"),
        new(Closed with { Closing = Closing with { Outcome = Outcome.Lost }, Promise = Task.Promise.AfterAttempt(Now.AddMinutes(90)) }, OwnerName, Text, Evidence, "/manage/tasks/t9"),
    ], null, Zone, Now.AddHours(3));

    public SettingsModel Settings => new(
        Frame, Nav,
        Business with
        {
            People = [Owner with { Ways = Told().Ways, Quiet = Told().Quiet, Away = [new(Now.AddDays(1), Now.AddDays(3))], Duty = [new(DayOfWeek.Sunday, new(8, 0), new(13, 0))] }],
            Branches = [new("haifa", Typed, null, null, "haifa", null)],
        },
        new(
            Enum.GetValues<DayOfWeek>().ToDictionary(day => day, day => WeekText.WriteDay(WorkingWeek.Israeli.Hours, day)), true, false, "2026-12-24", RestMode.Hold, "haifa", PromisePresets.Own, "60", "180", "600"),
        MayChange: true, [], null, Now);

    private Person Told() => Owner with
    {
        Ways = [new(WayKind.Slack, "https://hooks.slack.example/services/T0/B0/secret"), Way.ByMail, new(WayKind.Sms, "+972541112233", InQuietHours: true)], Quiet = new(new(21, 0), new(7, 0)),
    };

    public PersonModel Person => new(
        Frame, Nav, "/manage/settings/people/p1", Told(), [WayKind.Teams, WayKind.Slack, WayKind.Ntfy, WayKind.Sms, WayKind.WhatsApp], true, new("slack", "", false, "21:00", "07:00"), [], null,
        Words.For(Language).Say("person.try.sent", ("way", "Slack")));

    public PersonModel PersonWithErrors => Person with
    {
        Typed = new("teams", Typed, true, Typed, ""), Notice = null, Problem = "Slack: HTTP 404 no_service",
        Errors =
        [
            new(PersonFields.Address, Words.For(Language)["person.error.not-https"]), new(PersonFields.From, Words.For(Language)["person.error.quiet"]),
            new("way-slack", Words.For(Language).Say("person.try.failed", ("way", "Slack"), ("why", Words.For(Language)["way.failure.gone"]))),
        ],
    };

    public PromisesModel Promises => new(
        Frame, Nav, new(41, 2, 1) { Targets = new(3, 1, 1) },
        [
            Told(Now.AddHours(1), null), Told(Now.AddMinutes(-20), null), Told(Now.AddHours(-2), LedgerMark.Kept, -12), Told(Now.AddHours(-5), LedgerMark.Late, 75),
            Told(Now.AddDays(-3), LedgerMark.Broken, 27 * 60),
        ],
        "/manage/promises?next=x", Zone, Now);

    private PromiseRow Told(DateTimeOffset by, LedgerMark? ended, int off = 0)
    {
        var told = new LedgerLine(Task.Id, by.AddHours(-1), by, LedgerMark.Told, by.AddHours(-1), Owner.Id);
        return new(told, ended is { } mark ? told with { Mark = mark, At = by.AddMinutes(off) } : null, OwnerName, "/manage/tasks/t1");
    }

    public BoardModel EmptyBoard => Board with { Rows = [], NextUrl = null };

    private IReadOnlyList<TaskEvent> Events =>
    [
        new(Now.AddMinutes(12), TaskEventKind.LetterSetAside, Detail: Typed),
        new(Now.AddMinutes(11), TaskEventKind.LetterBounced, CustomerName, Detail: "Suppressed"),
        new(Now.AddMinutes(10), TaskEventKind.NoAnswer, OwnerName),
        new(Now.AddMinutes(6), TaskEventKind.Claimed, OwnerName),
        new(Now, TaskEventKind.ApologySent, CustomerName),
        new(Now, TaskEventKind.AlertSent, OwnerName) { By = WayKind.Sms, NotBy = [WayKind.Slack] },
        new(Now, TaskEventKind.Opened, null, Feedback.Id),
        new(Now.AddDays(-3), TaskEventKind.FeedbackAdded, null, Feedback.Id),
    ];

    public TaskModel TaskPageModel => new(
        Frame, Nav, "/manage/tasks/t1", Task, OwnerName,
        [
            new(Feedback, Reading),
            new(Feedback with { Id = FeedbackId.From("f0"), At = Now.AddDays(-3), Channel = Channel.Phone, Text = Typed, Rating = null, WantsCall = false, Place = Typed }, Reading.OfNothing(Reading.NotAnalysed)),
        ],
        Events, "/manage/tasks/t1?events=7", People, Policy.Default.AlertThreshold, OffersApology: true, CanReopen: false, ActionValues.Empty, [], null, Zone, Now.AddMinutes(15));

    public TaskModel TaskPageWithErrors => TaskPageModel with
    {
        Values = new(Outcome.Saved, null, "", Typed, null),
        Errors = [new(ActionFields.ReasonText, Words.For(Language)["action.error.reason-text"])],
    };

    public TaskModel ClosedTaskPage => TaskPageModel with
    {
        Task = Closed, CanReopen = true, Now = Now.AddHours(2), Notice = Words.For(Language)["done.saved"],
        Events = [new(Now.AddMinutes(40), TaskEventKind.Closed, OwnerName, Outcome: Outcome.Saved, Detail: Typed), .. Events],
    };

    public FeedbackListModel FeedbackList => new(Frame, Nav, TaskPageModel.Feedbacks, "/manage/feedbacks?next=7", Policy.Default.AlertThreshold, Zone, Now);

    public FeedbackModel FeedbackPageModel => new(
        Frame, Nav, TaskPageModel.Feedbacks[0], "/manage/tasks/t1", [new(0, Feedback.Text!.Length)], Policy.Default.AlertThreshold, Words.For(Language)["done.corrected"], Zone, Now);

    public CustomerModel CustomerPageModel => new(Frame, Nav, Line(1), Line(2), TaskPageModel.Feedbacks, "/manage/customers/c1?next=7", Policy.Default.AlertThreshold, Zone, Now);

    private FeedbackFlow.Pipeline.Customers.CustomerLine Line(int n) => FeedbackFlow.Pipeline.Customers.CustomerLine.New(CustomerId.From("c" + n), Feedback.Contact, Now.AddDays(-30)) with { Feedbacks = n };

    public CorrectionsModel CorrectionsModel => new(
        Frame, Nav,
        [new(Typed, SignalKind.Leave, true, Feedback.Id, OwnerName, Now), new(Typed, SignalKind.Publish, false, Feedback.Id, OwnerName, Now.AddDays(-2))],
        MayExport: true, null, Zone, Now);

    public ExportModel Export => new(Frame, Nav, [new("a", new(Typed, SignalKind.Leave, true)), new("b", new(Typed, SignalKind.Publish, false))]);

    public Letter Letter(string subject, LetterKind kind) => new(
        LetterId.From("l1"), kind, "carmel", BusinessName, null, ToOwner, subject, "<p>x</p>", "x", null, Now.AddMinutes(-30), null);

    public OutboxModel Outbox => new(Frame, Nav,
    [
        new(new(Letter(CustomerName + ": " + Typed, LetterKind.Alert), LetterState.SetAside, Now, 8, null, "550 5.1.1 mailbox unavailable"), "/manage/outbox/l1/send-again"),
        new(new(Letter(Typed, LetterKind.Apology), LetterState.SetAside, Now, 8, null, null), "/manage/outbox/l2/send-again"),
        new(new(Letter(Typed, LetterKind.CheckBack), LetterState.SetAside, Now, 0, null, "Suppressed"), "/manage/outbox/l3/send-again"),
    ],
    [new(new(Letter(Typed, LetterKind.Reminder), LetterState.Waiting, Now.AddMinutes(5), 2, null, "421"), null)], null, null, Zone, Now);

    private static Source Shop => new("shop", "json", [new("s2", "hidden-secret", Now, null), new("s1", "hidden-secret", Now.AddDays(-9), Now.AddDays(1))], Now.AddDays(-9)) { Scale = "nps" };

    private IReadOnlyList<Receipt> Receipts =>
    [
        new(ReceiptId.From("r3"), "shop", Now, ReceiptResult.Refused, "mismatch", "", null, null),
        new(ReceiptId.From("r2"), "shop", Now, ReceiptResult.Stored, null, Typed, Feedback.Id, Text),
        new(ReceiptId.From("r1"), "shop", Now.AddDays(-1), ReceiptResult.OtherType, null, "invoice.paid", null, "{}"),
    ];

    private IReadOnlyList<PendingReview> Unread =>
    [
        new("0123456789abcdef", "google", "accounts/1/locations/2/reviews/abc", Now.AddHours(-2), 5, Now.AddMinutes(20), "HTTP 429 from the platform."),
        new("fedcba9876543210", "google", "accounts/1/locations/2/reviews/" + Typed, Now.AddDays(-3), 18, null, Typed),
    ];

    public SourcesModel Sources => new(
        Frame, Nav, [new(Shop, "JSON", "/manage/sources/shop", Receipts[0], []), new(Shop with { Name = "google" }, "Google Business Profile", "/manage/sources/google", null, Unread)], FormatTable.All, null, null, [],
        null, Zone, Now);

    public SourcesModel SourcesWithErrors => Sources with
    {
        Sources = [], TypedName = Typed, TypedFormat = "tally", Errors = [new(SourceFields.Name, Words.For(Language)["sources.error.name"])], Notice = Words.For(Language)["done.source-removed"],
    };

    public SourceModel Source(string format, bool withSecret = false) => new(
        Frame, Nav, "/manage/sources/shop", Shop with { Format = format, VerifyToken = "verify-me" }, FormatTable.Find(format)!, new("https://feedback.example.com/hooks/carmel/shop"),
        withSecret ? "0123456789abcdef0123456789abcdef" : null, Receipts, format == "google" ? Unread : [], new Dictionary<string, string> { [SourceFields.Pointer("text")] = "/text", [SourceFields.Scale] = "nps", [SourceFields.Sample] = Text },
        format == "json" ? new(null, [(Words.For(Language)["source.mapping.text"], Text)]) : null, withSecret ? Words.For(Language).Say("source.test.passed", ("text", Plain.Line(Typed))) : null, withSecret, [], withSecret ? Words.For(Language)["sources.added"] : null, Zone, Now);

    public SourceModel SourceInSettings => Source("json") with
    {
        Source = Shop with { Secrets = [.. Shop.Secrets.Select(secret => secret with { Value = "", Setting = "crm" + secret.Id })] }, EmptySettings = ["s2"],
    };

    public SourceModel SourceWithErrors => Source("json") with
    {
        Source = Shop with { Secrets = [] }, Receipts = [], TestResult = Words.For(Language).Say("source.test.failed", ("why", Words.For(Language)["refusal.mismatch"])), Preview = new(Words.For(Language)["refusal.not-json"], []),
        Errors = [new(SourceFields.Pointer("text"), Words.For(Language)["source.error.pointer"]), new(SourceFields.Secret, Words.For(Language).Say("source.error.secret", ("wanted", "x")))],
    };

    private static Listener Listener => new("0123456789abcdef", "https://crm.example/hook", OutboundEvents.Names, Shop.Secrets, Now.AddDays(-3), null, null);

    public ListenersModel Listeners => new(Frame, Nav, [Listener], Typed, [new(ListenerFields.Address, Words.For(Language)["listeners.error.address"])], null, Zone, Now);

    /// <summary>A public reply that was sent from here.</summary>
    public OutboxEntry Reply(LetterState state) => new(
        new(LetterId.From("0123456789abcdef0123456789abcdef"), LetterKind.Reply, "carmel", BusinessName, null, new("google", "accounts/1/locations/2/reviews/abc", ""), "google", "", Typed, null, Now.AddHours(-1), null),
        state, Now, 1, state == LetterState.Sent ? Now.AddHours(-1) : null, state == LetterState.SetAside ? Typed : null);

    private OutboxEntry Told(LetterState state, int attempts, string? problem) => new(
        new(LetterId.From("0123456789abcdef0123456789abcde" + attempts), LetterKind.Event, "carmel", BusinessName, null, new(Listener.Id, Listener.Address, ""), "task.closed", "", "{\"type\":\"task.closed\"}", null, Now, null),
        state, Now.AddMinutes(5), attempts, null, problem);

    public ListenerModel ListenerPage => new(
        Frame, Nav, "/manage/listeners/0123456789abcdef", Listener with { DisabledAt = Now, DisabledBecause = "410" }, "whsec_0123", [Told(LetterState.Sent, 1, null), Told(LetterState.Waiting, 2, "HTTP 503"), Told(LetterState.SetAside, 3, "HTTP 410")],
        "/manage/listeners/0123456789abcdef?next=7", Words.For(Language)["listeners.added"], Zone, Now);

    public StaffModel Staff => new(Frame, Nav, new Dictionary<string, string>(), "0193c0ffee", [], Words.For(Language)["done.noted"]);

    public StaffModel StaffWithErrors => Staff with
    {
        Values = new Dictionary<string, string> { [StaffFields.How] = "review", [StaffFields.Words] = Typed, [StaffFields.Name] = CustomerName, [StaffFields.Score] = "2", [StaffFields.Url] = Typed },
        Errors = [new(StaffFields.Url, Words.For(Language)["staff.error.url"]), new(StaffFields.Words, Words.For(Language)["form.error.nothing"])],
    };

    public OutboxModel EmptyOutbox => Outbox with { SetAside = [], Waiting = [] };

    public MailboxModel Mailbox => new(Frame with { PrivacyUrl = null, AccessibilityUrl = null },
    [
        new("/mailbox/l3", "noa@example.com", CustomerName + ": " + Typed, LetterKind.Alert, Now),
        new("/mailbox/l1", "dana@example.com", Typed, LetterKind.Apology, Now),
        new("/mailbox/l9", "noa@example.com", Typed, null, Now.AddDays(-1)),
    ], "/mailbox?after=l9", Zone, Now);

    public LetterModel LetterPage(Letter letter) => new(
        Frame, letter.Subject,
        [new("From", $"{letter.FromName} <feedback@example.com>"), new("To", letter.To.Address), new("Message-ID", "<l3@example.com>"), new("Auto-Submitted", "auto-generated")],
        letter.Html, letter.Text, "/mailbox");

    public DrillModel Drill => new(
        Frame, Nav, "/manage/drill",
        new("key", OwnerName, Now, FeedbackId.From("f1"), TaskId.From("t1"), Now.AddSeconds(0.04), Now.AddSeconds(0.31), Now.AddSeconds(45), Now.AddSeconds(46), null, null), Zone, Now.AddMinutes(2));

    public StatusModel Status => new(Frame, 212.4, 3, new(41, 2, 1), 2, 0) { Targets = new(3, 1, 1) };

    private Evidence Range(string words)
    {
        var start = Text.IndexOf(words, StringComparison.Ordinal);
        return start < 0 ? new Evidence(0, Math.Min(10, Text.Length)) : new Evidence(start, words.Length);
    }
}
