using FeedbackFlow.App;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.App.Pages.Development;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.App.Pages.Health;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
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

    public ApologyDraft Apology => new(LetterId.From("l1"), Business, ToCustomer, Now, Task, Owner, Text, TakesBlame: true, ByPhone: true);

    public ApologyDraft Acknowledgement => new(
        LetterId.From("l2"), Business, ToCustomer, Now, Task with { Contact = Contact with { Phone = null, Name = null } }, Owner, null, TakesBlame: false, ByPhone: false);

    public AlertDraft Alert => new(
        LetterId.From("l3"), Business, ToOwner, Now, Task, Owner, Feedback, Reading, [Now.AddDays(-8), Now.AddDays(-3)], Joined: false, StandsIn: false, Links, TaskPage);

    public AlertDraft AlertThatJoined => Alert with { Id = LetterId.From("l4"), Joined = true, StandsIn = true, Feedback = Feedback with { Text = LongText } };

    public ReminderDraft Reminder => new(LetterId.From("l5"), Business, ToOwner, Now.AddMinutes(30), Task, Owner, Feedback, Reading, LadderStep.Half, Links, TaskPage);

    public EscalationDraft Escalation => new(LetterId.From("l6"), Business, ToOwner, Now.AddMinutes(75), Task, Owner, Feedback, Reading, LadderStep.Overdue, Links, TaskPage);

    public SignInDraft SignIn => new(LetterId.From("l7"), Business, ToOwner, Now, new("https://feedback.example.com/manage/sign-in/carmel-9"));

    public IReadOnlyDictionary<string, LetterDraft> Letters => new Dictionary<string, LetterDraft>
    {
        ["apology"] = Apology,
        ["acknowledgement"] = Acknowledgement,
        ["alert"] = Alert,
        ["alert-joined"] = AlertThatJoined,
        ["reminder"] = Reminder,
        ["escalation"] = Escalation,
        ["sign-in"] = SignIn,
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

    public BoardModel EmptyBoard => Board with { Rows = [], NextUrl = null };

    private IReadOnlyList<TaskEvent> Events =>
    [
        new(Now.AddMinutes(12), TaskEventKind.LetterSetAside, Detail: Typed),
        new(Now.AddMinutes(10), TaskEventKind.NoAnswer, OwnerName),
        new(Now.AddMinutes(6), TaskEventKind.Claimed, OwnerName),
        new(Now, TaskEventKind.ApologySent, CustomerName),
        new(Now, TaskEventKind.AlertSent, OwnerName),
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

    public Letter Letter(string subject, LetterKind kind) => new(
        LetterId.From("l1"), kind, "carmel", BusinessName, null, ToOwner, subject, "<p>x</p>", "x", null, Now.AddMinutes(-30), null);

    public OutboxModel Outbox => new(Frame, Nav,
    [
        new(new(Letter(CustomerName + ": " + Typed, LetterKind.Alert), LetterState.SetAside, Now, 8, null, "550 5.1.1 mailbox unavailable"), "/manage/outbox/l1/send-again"),
        new(new(Letter(Typed, LetterKind.Apology), LetterState.SetAside, Now, 8, null, null), "/manage/outbox/l2/send-again"),
    ],
    [new(new(Letter(Typed, LetterKind.Reminder), LetterState.Waiting, Now.AddMinutes(5), 2, null, "421"), null)], null, null, Zone, Now);

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

    public StatusModel Status => new(Frame, 212.4, 3, new(41, 2, 1), 2, 0);

    private Evidence Range(string words)
    {
        var start = Text.IndexOf(words, StringComparison.Ordinal);
        return start < 0 ? new Evidence(0, Math.Min(10, Text.Length)) : new Evidence(start, words.Length);
    }
}
