using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Signals;
using Xunit;

namespace FeedbackFlow.Tests.Signals;

public class SignalDetectorTests
{
    private const double AlertThreshold = 0.35;
    private const double SureThreshold = 0.75;

    /// <summary>A greeting has no meaning that a model could have learned; it must wake nobody.</summary>
    [Theory]
    [InlineData("x")]
    [InlineData("שלום")]
    [InlineData("שלום לכם")]
    [InlineData("שלום, שמי דנה")]
    [InlineData("עד מחר")]
    [InlineData("זה ניסיון")]
    [InlineData("see you tomorrow")]
    [InlineData("just a test")]
    [InlineData("no comment")]
    public void A_few_plain_words_wake_nobody(string text) =>
        Assert.DoesNotContain(SignalDetector.Read(text, null).Signals, signal => signal.Kind is SignalKind.Leave or SignalKind.Publish);

    [Theory]
    [InlineData("אני עוברת למתחרים", SignalKind.Leave)]
    [InlineData("זו הפעם האחרונה שלי אצלכם", SignalKind.Leave)]
    [InlineData("תבטלו לי את המנוי", SignalKind.Leave)]
    [InlineData("אדאג לשתף את כל מי שרק אוכל", SignalKind.Publish)]
    [InlineData("אכתוב עליכם בכל קבוצה בפייסבוק", SignalKind.Publish)]
    [InlineData("תחכו לביקורת בגוגל", SignalKind.Publish)]
    [InlineData("אפנה לכלבוטק", SignalKind.Publish)]
    [InlineData("נתראה בתביעות קטנות", SignalKind.Publish)]
    [InlineData("נתראה בתביעות קטנות", SignalKind.Legal)]
    [InlineData("כבר סגרתי עם מישהו אחר", SignalKind.Leave)]
    [InlineData("שמונה ימים ואף אחד לא חזר", SignalKind.Unreachable)]
    [InlineData("There is a smell of gas in the kitchen since he left", SignalKind.Safety)]
    [InlineData("יש ריח גז חזק במטבח מאז שהלך", SignalKind.Safety)]
    [InlineData("You promised a technician on Tuesday and nobody came", SignalKind.PromiseBroken)]
    [InlineData("הבטיחו שטכנאי יגיע ביום שלישי ואף אחד לא הגיע", SignalKind.PromiseBroken)]
    [InlineData("The receptionist was incredibly rude", SignalKind.Rude)]
    [InlineData("הפקידה צעקה עליי והייתה חצופה", SignalKind.Rude)]
    [InlineData("I was charged twice for the same visit", SignalKind.Money)]
    [InlineData("חייבתם אותי פעמיים על אותו ביקור", SignalKind.Money)]
    [InlineData("Thank you so much, wonderful service", SignalKind.Praise)]
    [InlineData("שירות מעולה, תודה רבה", SignalKind.Praise)]
    [InlineData("Please call me back today", SignalKind.CallMe)]
    [InlineData("תתקשרו אליי בבקשה", SignalKind.CallMe)]
    [InlineData("My lawyer will contact you", SignalKind.Legal)]
    [InlineData("@NorthAir NEVER AGAIN! Worst day of my life.", SignalKind.Leave)]
    [InlineData("@NorthAir I am going to stop flying with you. Delays every time.", SignalKind.Leave)]
    [InlineData("@NorthAir nobody at the gate, no news, six hours. Next time @SkyHopper.", SignalKind.Leave)]
    [InlineData("I am not happy, nor will I ever fly with you again.", SignalKind.Leave)]
    [InlineData("@NorthAir you are the worst. I will avoid you like the plague.", SignalKind.Leave)]
    [InlineData("אני עוזבת אתכם ומספרת לכולם", SignalKind.Leave)]
    [InlineData("אני עוזבת אתכם ומספרת לכולם", SignalKind.Publish)]
    public void Alerts_on_what_the_words_announce(string text, SignalKind kind)
    {
        var signal = SignalDetector.Read(text, null).Find(kind);

        Assert.NotNull(signal);
        Assert.True(signal.Confidence >= AlertThreshold, $"{signal.Confidence}");
    }

    [Theory]
    [InlineData("אספר לכולם כמה אתם טובים")]
    [InlineData("לא אעזוב אתכם לעולם")]
    [InlineData("ממליצה לכולם")]
    [InlineData("חבל שלא עברתי אליכם קודם")]
    [InlineData("המתחרים שלכם גרועים")]
    [InlineData("ביטלתי אצל הקודמים ועברתי אליכם")]
    [InlineData("אם לא הייתם באים הייתי עוזב, אבל באתם")]
    [InlineData("I will tell everyone how good you are")]
    [InlineData("שמונה ימים ואף אחד לא חזר")]
    [InlineData("@NorthAir put us on @SkyHopper yourselves, thanks for sorting it out so fast.")]
    public void Stays_silent_where_the_words_only_look_like_leaving_or_telling(string text)
    {
        var reading = SignalDetector.Read(text, null);

        Assert.DoesNotContain(reading.Signals, signal => signal.Kind is SignalKind.Leave or SignalKind.Publish && signal.Confidence >= AlertThreshold);
    }

    [Theory]
    [InlineData("אני עוברת למתחרים", SignalStrength.Decided)]
    [InlineData("כבר סגרתי עם מישהו אחר", SignalStrength.Done)]
    [InlineData("אני שוקלת לעבור לחברה אחרת", SignalStrength.Considering)]
    [InlineData("אם לא תתקשרו עד מחר אני מבטלת את המנוי", SignalStrength.Threat)]
    [InlineData("I am switching to another provider", SignalStrength.Decided)]
    [InlineData("I have already signed with someone else", SignalStrength.Done)]
    [InlineData("I'm thinking about switching to another company", SignalStrength.Considering)]
    [InlineData("If nobody calls me by Friday I will cancel my subscription", SignalStrength.Threat)]
    public void Tells_a_threat_from_a_decision_a_deed_and_a_thought(string text, SignalStrength strength) =>
        Assert.Equal(strength, SignalDetector.Read(text, null).Find(SignalKind.Leave)?.Strength);

    [Theory]
    [InlineData("תבטלו לי את המנוי")]
    [InlineData("I will never use your company again")]
    public void A_clear_case_is_sure_enough_for_the_apology(string text) =>
        Assert.True(SignalDetector.Read(text, null).Signals[0].Confidence >= SureThreshold);

    [Theory]
    [InlineData("השירות היה בסדר", "he")]
    [InlineData("The service was fine", "en")]
    [InlineData("the technician was great אבל אף אחד לא חזר אליי אחרי זה", "mixed")]
    [InlineData("Никто не перезвонил", "ru")]
    [InlineData("لم يتصل بي أحد", "ar")]
    [InlineData("12345 !!! 👍", "und")]
    [InlineData("השירות של Bezeq בסדר גמור", "he")]
    public void Names_the_language(string text, string language) => Assert.Equal(language, SignalDetector.Read(text, null).Language);

    [Theory]
    [InlineData("שירות פצצה, רק שמונה ימים המתנתי")]
    [InlineData("תודה רבה באמת")]
    [InlineData("Great service, only three hours on hold")]
    [InlineData("Thanks for nothing")]
    public void Hears_sarcasm_and_does_not_take_it_for_praise(string text)
    {
        var reading = SignalDetector.Read(text, null);

        Assert.True(reading.Has(FindingKind.Sarcasm));
        Assert.NotEqual(Sentiment.Positive, reading.Sentiment);
        Assert.Null(reading.Find(SignalKind.Praise));
    }

    [Theory]
    [InlineData("שמונה ימים ואף אחד לא חזר")]
    [InlineData("זו כבר הפעם השלישית שאני כותב לכם")]
    [InlineData("This is the third time I am writing to you")]
    [InlineData("I have been waiting for eight days")]
    public void Notices_that_it_is_not_the_first_contact(string text) => Assert.True(SignalDetector.Read(text, null).Has(FindingKind.RepeatContact));

    [Fact]
    public void A_score_that_the_words_contradict_is_found()
    {
        Assert.True(SignalDetector.Read("Terrible service, rude staff", new Rating(RatingScale.Nps, 10)).Has(FindingKind.ScoreConflict));
        Assert.True(SignalDetector.Read("שירות מעולה, צוות מקסים", new Rating(RatingScale.Nps, 0)).Has(FindingKind.ScoreConflict));
        Assert.False(SignalDetector.Read("Terrible service, rude staff", new Rating(RatingScale.Nps, 1)).Has(FindingKind.ScoreConflict));
    }

    [Theory]
    [InlineData("The staff was wonderful and the room was clean", Sentiment.Positive)]
    [InlineData("Awful experience, I am very disappointed", Sentiment.Negative)]
    [InlineData("צוות מקסים, שירות אדיב ומהיר", Sentiment.Positive)]
    [InlineData("שירות גרוע, יחס מזלזל", Sentiment.Negative)]
    [InlineData("גרועעעעע", Sentiment.Negative)]
    public void Tells_praise_from_complaint(string text, Sentiment sentiment) => Assert.Equal(sentiment, SignalDetector.Read(text, null).Sentiment);

    [Fact]
    public void Evidence_points_into_the_original_text_through_niqqud_and_emoji()
    {
        const string text = "😡😡 די! אֲנִי עוֹבֶרֶת לַמִּתְחָרִים 😡";

        var evidence = SignalDetector.Read(text, null).Find(SignalKind.Leave)!.Evidence[0];

        Assert.Equal("אֲנִי עוֹבֶרֶת לַמִּתְחָרִים", evidence.In(text));
    }

    [Fact]
    public void Evidence_is_the_clause_and_not_the_whole_story()
    {
        const string text = "I waited two hours for the plumber, the kitchen is flooded, I am cancelling my contract, and the dog is wet.";

        var evidence = Assert.Single(SignalDetector.Read(text, null).Find(SignalKind.Leave)!.Evidence);

        Assert.Equal("I am cancelling my contract", evidence.In(text));
    }

    [Theory]
    [InlineData("Nobody rang. Either the money is here by Friday, or the newspaper.", 2, "Either the money is here by Friday, or the newspaper")]
    [InlineData("אף אחד לא חזר אליי. או שהכסף אצלי עד שישי, או העיתון.", 2, "או שהכסף אצלי עד שישי, או העיתון")]
    [InlineData("Nobody rang. Goodbye.", 1, "Goodbye")]
    public void A_few_words_are_shown_with_what_stands_before_them_in_their_sentence(string text, int clause, string shown) =>
        Assert.Equal(shown, SignalDetector.ClausesOf(text).Place(clause).In(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n ")]
    public void Nothing_said_is_neutral(string? text)
    {
        var reading = SignalDetector.Read(text, null);

        Assert.Equal(Sentiment.Neutral, reading.Sentiment);
        Assert.Empty(reading.Signals);
    }
}
