using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake.Webhooks;

/// <summary>What each sender's documented body says, in our words.</summary>
public class FormatReadingTests
{
    [Fact]
    public void Own_contract_is_read_field_by_field()
    {
        var heard = One("json", """
            {"id":"job-881-1","kind":"survey","score":2,"scale":"nps10","text":"לא חזרו אליי ואני עוברת לאחרים","language":"he","occurred_at":"2026-01-05T10:00:00+02:00",
             "customer":{"name":"דנה","email":"dana@example.com","phone":"0501234567","ref":"C-17","consent":{"service":true,"marketing":false}},
             "service":{"name":"תיקון מזגן"},"wants_call":true,"public":false,"url":null}
            """);
        Assert.Equal(new Submission("form", "nps", 2, "לא חזרו אליי ואני עוברת לאחרים", true, "דנה", "dana@example.com", "+972501234567", null), heard.Submission);
        Assert.Equal(("job-881-1", "C-17", new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)), (heard.Key, heard.Reference, heard.OccurredAt));
    }

    [Theory]
    [InlineData("""{"score":"2","scale":"stars","text":"x"}""", "stars", 2)]
    [InlineData("""{"score":2.5,"scale":"stars5"}""", "stars", 2)]
    [InlineData("""{"score":3}""", "stars", 3)]
    [InlineData("""{"score":0}""", "nps", 0)]
    [InlineData("""{"score":"7"}""", "nps", 7)]
    [InlineData("""{"score":7,"scale":"ces7"}""", "csat", 5)]
    [InlineData("""{"score":1,"scale":"ces7"}""", "csat", 1)]
    [InlineData("""{"score":false,"scale":"thumbs"}""", "csat", 1)]
    public void Scores_come_on_many_scales(string body, string scale, int value)
    {
        var said = One("json", body).Submission!;
        Assert.Equal((scale, value), (said.Scale, said.Score));
    }

    [Fact]
    public void What_fits_no_field_is_shown_to_the_manager_and_loses_no_complaint()
    {
        var heard = One("json", """{"text":"אף אחד לא חזר","score":"eleven","scale":"nps","customer":{"phone":"ask my wife","email":"not an address"}}""");
        Assert.Equal(("אף אחד לא חזר", null, null, null), (heard.Submission!.Text, heard.Submission.Score, heard.Submission.Phone, heard.Submission.Email));
        Assert.Equal([new("score", "eleven"), new("email", "not an address"), new Detail("phone", "ask my wife")], heard.Details);
    }

    [Fact]
    public void A_text_beyond_the_limit_is_cut_and_not_lost()
    {
        var heard = One("json", $$"""{"text":"{{string.Concat(Enumerable.Repeat("😀", 6_000))}}"}""");
        Assert.True(heard.Submission!.Text!.Length <= SubmissionGate.LongestText);
        Assert.EndsWith("😀…", heard.Submission.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_in_which_nothing_is_found_is_refused_with_the_pointer()
    {
        var refusal = Read("json", """{"comment":"x"}""").Refusal!;
        Assert.Equal((RefusalReason.NothingSaid, "/text"), (refusal.Reason, refusal.Field));
    }

    [Fact]
    public void A_mapping_finds_the_fields_of_an_unknown_sender()
    {
        var (mapping, wrong) = Mapping.Of(field => field switch { "text" => "/answers/0/a~1b", "score" => "/meta/stars", "phone" => "/who/~0tel", "id" => "/n", _ => "" });
        Assert.Empty(wrong);
        var heard = One("json", """{"n":17,"answers":[{"a/b":"שירות גרוע"}],"meta":{"stars":1},"who":{"~tel":"050-1234567"}}""", source => source with { Mapping = mapping });
        Assert.Equal(("17", "שירות גרוע", 1, "+972501234567"), (heard.Key, heard.Submission!.Text, heard.Submission.Score, heard.Submission.Phone));
    }

    [Theory]
    [InlineData("text", false)]
    [InlineData("/a~2", false)]
    [InlineData("/a~", false)]
    [InlineData("", true)]
    [InlineData("/", true)]
    [InlineData("/a/0", true)]
    public void A_pointer_that_is_none_is_named(string pointer, bool isOne) => Assert.Equal(isOne ? [] : ["text"], Mapping.Of(field => field == "text" ? pointer : null).Wrong);

    [Fact]
    public void A_mystery_visitor_is_no_customer() => Assert.Equal(HeardKind.OtherType, One("json", """{"kind":"mystery","text":"שירות גרוע","score":1}""").Kind);

    [Theory]
    [InlineData("review.created", HeardKind.Said)]
    [InlineData("review.updated", HeardKind.Edited)]
    [InlineData("review.deleted", HeardKind.Deleted)]
    public void A_review_is_followed_over_its_changes(string type, HeardKind kind)
    {
        var heard = One("standard-webhooks", $$$"""{"type":"{{{type}}}","data":{"id":"r1","kind":"review","text":"גרוע","url":"https://reviews.example/r1"}}""");
        Assert.Equal((kind, "r1"), (heard.Kind, heard.ReviewId));
        if (kind != HeardKind.Deleted) Assert.Equal(("review", "https://reviews.example/r1"), (heard.Submission!.Channel, heard.Url));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//no-scheme.example")]
    [InlineData("https://user:pass@evil.example/")]
    public void An_address_that_is_no_page_is_left_out(string url) => Assert.Null(One("json", $$"""{"text":"x y","url":"{{url}}"}""").Url);

    [Fact]
    public void A_standard_webhook_without_words_is_another_type() => Assert.Equal(HeardKind.OtherType, One("standard-webhooks", """{"type":"invoice.paid","data":{"id":"i1"}}""").Kind);

    [Fact]
    public void A_CloudEvent_comes_in_one_piece_or_with_its_attributes_in_headers()
    {
        const string data = """{"rating":2,"text":"לא חזרו אליי","author":"דנה","phone":"0501234567"}""";
        var structured = FormatTable.Find("cloudevents")!.Read(
            Deliveries.Arrival($$"""{"specversion":"1.0","id":"evt-1","source":"urn:shop:tel-aviv","type":"com.example.review.created","time":"2026-01-05T08:00:00Z","datacontenttype":"application/json","data":{{data}}}""",
                ("Content-Type", "application/cloudevents+json; charset=utf-8")),
            Deliveries.Source("cloudevents"));
        var binary = FormatTable.Find("cloudevents")!.Read(
            Deliveries.Arrival(data, ("ce-specversion", "1.0"), ("ce-id", "evt-1"), ("ce-source", "urn:shop:tel-aviv"), ("ce-type", "com.example.review.created"), ("ce-time", "2026-01-05T08:00:00Z")),
            Deliveries.Source("cloudevents"));
        Assert.Equal(new("form", "stars", 2, "לא חזרו אליי", false, "דנה", null, "+972501234567", null), Assert.Single(structured.Events).Submission);
        Assert.Equal(structured.Events, binary.Events, (one, other) => one.Submission == other.Submission && one.Key == other.Key && one.OccurredAt == other.OccurredAt);
    }

    [Theory]
    [InlineData("specversion")]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    public void A_CloudEvent_needs_its_four_attributes(string missing)
    {
        var attributes = new Dictionary<string, string> { ["specversion"] = "1.0", ["id"] = "1", ["source"] = "s", ["type"] = "t" };
        attributes.Remove(missing);
        var headers = attributes.Select(attribute => ("ce-" + attribute.Key, attribute.Value)).ToArray();
        var refusal = FormatTable.Find("cloudevents")!.Read(Deliveries.Arrival("""{"text":"x"}""", headers), Deliveries.Source("cloudevents")).Refusal!;
        Assert.Equal((RefusalReason.MissingField, missing), (refusal.Reason, refusal.Field));
    }

    [Fact]
    public void A_batch_of_CloudEvents_is_refused_by_its_content_type() => Assert.Equal(
        RefusalReason.UnsupportedContentType,
        FormatTable.Find("cloudevents")!.Read(Deliveries.Arrival("[]", ("Content-Type", "application/cloudevents-batch+json")), Deliveries.Source("cloudevents")).Refusal!.Reason);

    [Fact]
    public void A_Typeform_is_read_by_the_types_of_its_questions()
    {
        var heard = One("typeform", """
            {"event_id":"01DQ","event_type":"form_response","form_response":{"form_id":"DHsCKv","token":"qcy0","submitted_at":"2026-01-05T08:01:00Z","hidden":{"customer":"c1"},
             "definition":{"id":"DHsCKv","title":"משוב","fields":[{"id":"q1","title":"מה קרה?","type":"long_text","ref":"why"},{"id":"q4","title":"איך קוראים לך? (שם)","type":"short_text"},
               {"id":"q5","title":"להתקשר אליך?","type":"yes_no"},{"id":"q6","title":"סניף","type":"multiple_choice"}]},
             "answers":[{"type":"text","text":"שירות גרוע","field":{"id":"q1","type":"long_text","ref":"why"}},{"type":"number","number":2,"field":{"id":"q2","type":"opinion_scale","ref":"nps"}},
               {"type":"email","email":"dana@example.com","field":{"id":"q3","type":"email","ref":"email"}},{"type":"text","text":"דנה","field":{"id":"q4","type":"short_text"}},
               {"type":"boolean","boolean":true,"field":{"id":"q5","type":"yes_no"}},{"type":"choice","choice":{"label":"חיפה"},"field":{"id":"q6","type":"multiple_choice"}},
               {"type":"phone_number","phone_number":"+972501234567","field":{"id":"q7","type":"phone_number"}},{"type":"date","date":"2026-01-04","field":{"id":"q8","type":"date","ref":"when"}}]}}
            """);
        Assert.Equal(new("form", "nps", 2, "שירות גרוע", true, "דנה", "dana@example.com", "+972501234567", null), heard.Submission);
        Assert.Equal([new("סניף", "חיפה"), new("when", "2026-01-04"), new Detail("customer", "c1")], heard.Details);
        Assert.Equal("qcy0", heard.Key);
    }

    [Fact]
    public void A_Tally_form_is_read_with_its_choices_by_name()
    {
        var heard = One("tally", """
            {"eventId":"ce9f","eventType":"FORM_RESPONSE","createdAt":"2026-01-05T08:00:00.000Z","data":{"responseId":"Z9","submissionId":"Z9","respondentId":"P1","formId":"F1","formName":"משוב",
             "createdAt":"2026-01-05T08:00:00.000Z","fields":[{"key":"q1","label":"מה קרה?","type":"TEXTAREA","value":"לא חזרו אליי"},{"key":"q2","label":"ציון","type":"LINEAR_SCALE","value":2},
             {"key":"q3","label":"טלפון","type":"INPUT_PHONE_NUMBER","value":"0501234567"},{"key":"q4","label":"סניף","type":"DROPDOWN","value":["a","b"],"options":[{"id":"a","text":"חיפה"},{"id":"b","text":"עכו"}]},
             {"key":"q5","label":"כוכבים","type":"RATING","value":null}]}}
            """);
        Assert.Equal(new("form", "nps", 2, "לא חזרו אליי", false, null, null, "+972501234567", null), heard.Submission);
        Assert.Equal([new Detail("סניף", "חיפה, עכו")], heard.Details);
        Assert.Equal("Z9", heard.Key);
    }

    [Fact]
    public void A_Trustpilot_batch_is_many_events_and_one_unknown_hides_none()
    {
        var (events, _) = Read("trustpilot", """
            {"events":[{"eventName":"service-review-created","version":"1","eventData":{"id":"53bffd360000640002975387","language":"he","title":"אכזבה","text":"לא חזרו אליי","referenceId":"ABC-123","stars":1,
              "createdAt":"2026-01-05T08:00:00.000Z","link":"https://api.trustpilot.com/v1/reviews/53bf","consumer":{"id":"53bf","name":"Dana"},"tags":[{"group":"Generic","value":"x"}]}},
             {"eventName":"something-new","eventData":{"id":"1"}},{"eventName":"service-review-deleted","eventData":{"id":"53bffd360000640002975387"}},
             {"eventName":"product-review-updated","eventData":{"id":"2","stars":"4","text":"בסדר"}}]}
            """);
        Assert.Equal([HeardKind.Said, HeardKind.OtherType, HeardKind.Deleted, HeardKind.Edited], events.Select(heard => heard.Kind));
        Assert.Equal(new("review", "stars", 1, "אכזבה\nלא חזרו אליי", false, "Dana", null, null, null), events[0].Submission);
        Assert.Equal(("ABC-123", "53bffd360000640002975387"), (events[0].Reference, events[0].ReviewId));
    }

    [Fact]
    public void A_batch_beyond_a_hundred_is_refused() => Assert.Equal(
        RefusalReason.TooManyEvents, Read("trustpilot", $$"""{"events":[{{string.Join(',', Enumerable.Repeat("{}", 101))}}]}""").Refusal!.Reason);

    [Fact]
    public void Judge_me_brings_an_address()
    {
        var heard = One("judgeme", """{"review":{"id":7,"rating":1,"title":"אכזבה","body":"הבטיחו ולא חזרו","reviewer":{"name":"דנה","email":"dana@example.com"},"product_external_id":0}}""");
        Assert.Equal(new("review", "stars", 1, "אכזבה\nהבטיחו ולא חזרו", false, "דנה", "dana@example.com", null, null), heard.Submission);
        Assert.Equal("7", heard.ReviewId);
    }

    [Theory]
    [InlineData("\"1\"", "\"false\"", HeardKind.Said)]
    [InlineData("1", "false", HeardKind.Said)]
    [InlineData("1", "\"true\"", HeardKind.Deleted)]
    public void Yotpo_writes_values_as_strings_or_not(string score, string deleted, HeardKind kind)
    {
        var heard = One("yotpo", $$$"""{"event":"review_create","data":{"id":219,"title":"אכזבה","content":"לא חזרו","score":{{{score}}},"deleted":{{{deleted}}},"reviewer_display_name":"דנה","customer_email":"dana@example.com"}}""");
        Assert.Equal((kind, 1, "219"), (heard.Kind, heard.Submission!.Score, heard.ReviewId));
    }

    [Fact]
    public void REVIEWS_io_writes_the_rating_as_a_string()
    {
        var heard = One("reviewsio", """{"id":"r1","review_type":"company","order_id":"A1","rating":"1","comments":"לא חזרו","user":{"name":"דנה","email_address":"dana@example.com"}}""");
        Assert.Equal(new("review", "stars", 1, "לא חזרו", false, "דנה", "dana@example.com", null, null), heard.Submission);
    }

    [Theory]
    [InlineData("responseCreated", HeardKind.OtherType)]
    [InlineData("responseUpdated", HeardKind.OtherType)]
    [InlineData("responseFinished", HeardKind.Said)]
    public void Formbricks_is_read_when_the_response_is_finished(string type, HeardKind kind) => Assert.Equal(
        kind, One("formbricks", $$$$"""{"event":"{{{{type}}}}","data":{"id":"f1","data":{"q1":"לא חזרו אליי","q2":2,"q3":"dana@example.com"}}}""").Kind);

    [Theory]
    [InlineData("rating", "add", HeardKind.Said)]
    [InlineData("rating", "edited", HeardKind.Edited)]
    [InlineData("rating", "remove", HeardKind.Deleted)]
    [InlineData("comment", "add", HeardKind.OtherType)]
    [InlineData("reaction", "add", HeardKind.OtherType)]
    public void Of_a_Facebook_page_only_recommendations_are_read(string item, string verb, HeardKind kind)
    {
        var heard = One("facebook", $$$"""{"object":"page","entry":[{"id":"1","changes":[{"field":"ratings","value":{"item":"{{{item}}}","verb":"{{{verb}}}","review_text":"לא ממליצה","recommendation_type":"negative","open_graph_story_id":"222","reviewer_name":"דנה","created_time":1767599990}}]}]}""");
        Assert.Equal(kind, heard.Kind);
        if (kind == HeardKind.Said) Assert.Equal(new("review", "csat", 1, "לא ממליצה", false, "דנה", null, null, null), heard.Submission);
    }

    [Fact]
    public void A_Jotform_is_read_by_the_names_of_its_fields()
    {
        var format = FormatTable.Find("jotform")!;
        var heard = Assert.Single(format.Read(Deliveries.Sample(format, Deliveries.Source("jotform", format.Proof.NewSecret()), "5712", Deliveries.Monday), Deliveries.Source("jotform")).Events);
        Assert.Equal(new("form", "stars", 1, "לא חזרו אליי שבוע", false, "דנה לוי", "dana@example.com", "+972501234567", null), heard.Submission);
        Assert.Equal("5712", heard.Key);
    }

    [Theory]
    [InlineData("application/json", RefusalReason.UnsupportedContentType)]
    [InlineData("multipart/form-data", RefusalReason.NotMultipart)]
    [InlineData("multipart/form-data; boundary=other", RefusalReason.NotMultipart)]
    public void A_Jotform_must_come_in_its_parts(string contentType, RefusalReason reason)
    {
        var sample = FormatTable.Find("jotform")!.Sample("1", Deliveries.Monday);
        Assert.Equal(reason, FormatTable.Find("jotform")!.Read(Deliveries.Arrival(sample.Body, ("Content-Type", contentType)), Deliveries.Source("jotform")).Refusal!.Reason);
    }

    private static Parsed Read(string format, string body, Func<Source, Source>? change = null)
    {
        var source = Deliveries.Source(format);
        return FormatTable.Find(format)!.Read(Deliveries.Arrival(body), change?.Invoke(source) ?? source);
    }

    private static Heard One(string format, string body, Func<Source, Source>? change = null)
    {
        var (events, refusal) = Read(format, body, change);
        Assert.Null(refusal);
        return Assert.Single(events);
    }
}
