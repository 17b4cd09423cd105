using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake.Webhooks;

/// <summary>Shapes that senders are seen to write beside their documented ones: further types of questions, older names, mark-up, contacts in pieces.</summary>
public class ForeignShapesTests
{
    [Fact]
    public void A_Tally_form_of_every_kind_of_question()
    {
        var heard = One("tally", """
            {"eventId":"e1","eventType":"FORM_RESPONSE","createdAt":"2026-01-05T08:00:00.000Z","data":{"responseId":"r1","submissionId":"r1","formName":"משוב","fields":[
             {"key":"q1","label":"שם פרטי","type":"INPUT_TEXT","value":"דנה"},{"key":"q2","label":"שם משפחה","type":"INPUT_TEXT","value":"לוי"},{"key":"q3","label":"שם הטכנאי","type":"INPUT_TEXT","value":"יוסי"},
             {"key":"q4","label":"Your story","type":"TEXTAREA","value":"שבוע חיכיתי ואף אחד לא בא"},{"key":"q5","label":"Photos","type":"FILE_UPLOAD","value":[{"id":"f","name":"leak.jpg","url":"https://files.example/leak.jpg","mimeType":"image/jpeg","size":9}]},
             {"key":"q6","label":"What went wrong","type":"CHECKBOXES","value":["a","c"],"options":[{"id":"a","text":"Late"},{"id":"b","text":"Rude"},{"id":"c","text":"Dirty"}]},
             {"key":"q6_a","label":"What went wrong (Late)","type":"CHECKBOXES","value":true},{"key":"q6_b","label":"What went wrong (Rude)","type":"CHECKBOXES","value":false},
             {"key":"q7","label":"How was","type":"MATRIX","value":{"r1":["c2"],"r2":["c1"]},"rows":[{"id":"r1","text":"Price"},{"id":"r2","text":"Work"}],"columns":[{"id":"c1","text":"Good"},{"id":"c2","text":"Bad"}]},
             {"key":"q8","label":"Order","type":"RANKING","value":["y","x"],"options":[{"id":"x","text":"Speed"},{"id":"y","text":"Price"}]},{"key":"q9","label":"Where","type":"DROPDOWN","value":["my own words"],"options":[{"id":"z","text":"Haifa"}]},
             {"key":"q10","label":"Overall score","type":"INPUT_NUMBER","value":2},{"key":"q11","label":"Visits","type":"INPUT_NUMBER","value":4},{"key":"q12","label":"email","type":"HIDDEN_FIELDS","value":"dana@example.com"},
             {"key":"q13","label":"points","type":"CALCULATED_FIELDS","value":7},{"key":"q14","label":"Empty","type":"INPUT_DATE","value":null},{"key":"q15","label":"Sign","type":"SIGNATURE","value":[{"name":"signature.png","url":"https://x"}]}]}}
            """);
        Assert.Equal(("שבוע חיכיתי ואף אחד לא בא", "דנה לוי", "dana@example.com", "stars", 2), (heard.Submission!.Text, heard.Submission.Name, heard.Submission.Email, heard.Submission.Scale, heard.Submission.Score));
        Assert.Equal(
            [
                new("Photos", "leak.jpg"), new("What went wrong", "Late, Dirty"), new("How was", "Price: Bad; Work: Good"), new("Order", "Price, Speed"), new("Where", "my own words"), new("Visits", "4"), new("points", "7"),
                new("Sign", "signature.png"), new Detail("שם הטכנאי", "יוסי"),
            ],
            heard.Details);
    }

    [Fact]
    public void A_Tally_form_without_types_is_read_by_what_stands_there()
    {
        var said = One("tally", """{"eventType":"FORM_RESPONSE","data":{"responseId":"r1","fields":[{"label":"Name?","value":"Dana"},{"label":"Email?","value":"dana@example.com"},{"label":"Tel","value":"0501234567"},{"label":"What?","value":"Nobody called me back"}]}}""").Submission!;
        Assert.Equal(("Nobody called me back", "Dana", "dana@example.com", "+972501234567"), (said.Text, said.Name, said.Email, said.Phone));
    }

    [Fact]
    public void A_Typeform_with_older_names_other_choices_and_contacts_that_the_business_knew()
    {
        var heard = One("typeform", """
            {"event_id":"1","event_type":"form_response","form_response":{"form_id":"f","token":"t","calculated":{"score":9},"hidden":{"email":"dana@example.com","Phone":"050-1234567","name":"Dana","utm_source":"mail"},
             "definition":{"fields":[{"id":"1","title":"Visits","type":"number"},{"id":"2","title":"מה הציון?","type":"number"}]},
             "answers":[{"type":"text","text":"Nobody came","field":{"id":"9","type":"textarea"}},{"type":"number","number":4,"field":{"id":"1","type":"number"}},{"type":"number","number":3,"field":{"id":"8","type":"opinion-scale"}},
              {"type":"choices","choices":{"ids":["a"],"labels":["Late"],"other":"and rude"},"field":{"id":"7","type":"multiple_choice","ref":"what"}},{"type":"choice","choice":{"other":"Elsewhere"},"field":{"id":"6","type":"dropdown","ref":"where"}},
              {"type":"file_url","file_url":"https://files.example/1","field":{"id":"5","type":"file_upload","ref":"file"}},{"type":"multi_format","multi_format":{"type":"audio","transcript":"I leave you"},"field":{"id":"4","type":"multi_format"}},
              {"type":"payment","payment":{"amount":"1","name":"Dana","success":true},"field":{"id":"3","type":"payment","ref":"paid"}},{"type":"boolean","field":{"id":"10","type":"legal","ref":"terms"}},null,7]}}
            """);
        Assert.Equal(("Nobody came\nI leave you", "nps", 3, "dana@example.com", "+972501234567", "Dana"), (heard.Submission!.Text, heard.Submission.Scale, heard.Submission.Score, heard.Submission.Email, heard.Submission.Phone, heard.Submission.Name));
        Assert.Equal([new("Visits", "4"), new("what", "Late, and rude"), new("where", "Elsewhere"), new("file", "https://files.example/1"), new("paid", "Dana"), new("terms", "✗"), new Detail("utm_source", "mail")], heard.Details);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void A_Jotform_with_everything_that_its_server_adds(string lineEnd)
    {
        const string answers = """
            {"slug":"submit\/1","jsExecutionTracker":"build=>x","q3_fullName":{"prefix":"","first":"Dana","middle":"","last":"Levi"},"q4_typeOf":"Online","q5_date":{"month":"1","day":"5","year":"2026"},"q6_table":{"colIds":"[\"0\"]","rowIds":"[\"0\"]"},
             "q7_slot":{"implementation":"new","date":"","duration":"60"},"q8_phone":{"country":"+972","area":"50","phone":"1234567"},"q9_empty":"","q10_what":"Nobody came for a week","q11_many":["Late","Rude"],"q12_stars":"2","temp_upload":{"q5_id":["a.png#x"]},"timeToSubmit":"3"}
            """;
        var empty = new[] { "action", "event", "customParams" }.SelectMany(name => new[] { "--------------------------J1", $"Content-Disposition: form-data; name=\"{name}\"", "", "" });
        string[] parts =
        [
            .. empty, "--------------------------J1", "Content-Disposition: form-data; name=\"submissionID\"", "", "6084250982513018472", "--------------------------J1", "Content-Disposition: form-data; name=\"rawRequest\"", "",
            answers.ReplaceLineEndings(""), "--------------------------J1", "Content-Disposition: form-data; name=\"pretty\"", "", "Full Name:Dana Levi, What:Nobody came", "--------------------------J1--", "",
        ];
        var format = FormatTable.Find("jotform")!;
        var parsed = format.Read(Deliveries.Arrival(string.Join(lineEnd, parts), ("Content-Type", "multipart/form-data; boundary=------------------------J1")), Deliveries.Source("jotform"));
        Assert.Null(parsed.Refusal);
        var heard = Assert.Single(parsed.Events);
        Assert.Equal(("6084250982513018472", "Nobody came for a week", "Dana Levi", "+972501234567", "stars", 2), (heard.Key, heard.Submission!.Text, heard.Submission.Name, heard.Submission.Phone, heard.Submission.Scale, heard.Submission.Score));
        Assert.Equal([new("date", "1 5 2026"), new("slot", "new 60"), new("many", "Late, Rude"), new Detail("typeOf", "Online")], heard.Details);
    }

    [Fact]
    public void A_Formbricks_answer_of_every_kind()
    {
        var heard = One("formbricks", """
            {"webhookId":"w","event":"responseFinished","data":{"id":"r1","surveyId":"s","finished":true,"contactAttributes":{"email":"dana@example.com","userId":"u1"},"variables":{"total":7},"survey":{"title":"משוב"},
             "data":{"cta":"clicked","consent":"accepted","nps":0,"why":"לא חזרו אליי שבוע","many":["Late","Rude"],"contact":["Dana","Levi","","+972501234567","Acme"],"grid":{"Price":"Bad","Work":["Good"]},"file":["https://files.example/1"],"empty":""}}}
            """);
        Assert.Equal(("לא חזרו אליי שבוע", "nps", 0, "dana@example.com", "+972501234567"), (heard.Submission!.Text, heard.Submission.Scale, heard.Submission.Score, heard.Submission.Email, heard.Submission.Phone));
        Assert.Equal([new("cta", "clicked"), new("consent", "accepted"), new("many", "Late, Rude"), new("contact", "Dana, Levi, Acme"), new("grid", "Price: Bad; Work: Good"), new Detail("file", "https://files.example/1")], heard.Details);
    }

    [Theory]
    [InlineData("yotpo", """{"event":"review_create","app_key":"k","data":{"id":1,"content":"לא חזרו","score":1,"user":{"display_name":"דנה","email":"dana@example.com"}}}""")]
    [InlineData("reviewsio", """{"store_review_id":1,"rating":1,"comments":"לא חזרו","reviewer":{"first_name":"דנה","last_name":"","email":"dana@example.com"}}""")]
    public void Contacts_stand_in_several_places(string format, string body)
    {
        var said = One(format, body).Submission!;
        Assert.Equal(("לא חזרו", 1, "דנה", "dana@example.com"), (said.Text, said.Score, said.Name, said.Email));
    }

    [Fact]
    public void A_review_of_a_product_has_its_words_elsewhere() => Assert.Equal(
        ("לא חזרו", "דנה"),
        One("trustpilot", """{"events":[{"eventName":"product-review-created","eventData":{"id":"p1","content":"לא חזרו","stars":1,"consumer":{"displayName":"דנה"}}}]}""").Submission is var said ? (said!.Text, said.Name) : default);

    [Theory]
    [InlineData("<p>Nobody called.<br/>I <b>leave</b> &amp; tell everyone</p>", "Nobody called.\nI leave & tell everyone")]
    [InlineData("לא חזרו &#39;אליי&#39; &quot;שבוע&quot;", "לא חזרו 'אליי' \"שבוע\"")]
    [InlineData("2 < 3 and 5 > 4, I <3 you <dana@example.com>", "2 < 3 and 5 > 4, I <3 you <dana@example.com>")]
    [InlineData("line one\n\nline two", "line one\n\nline two")]
    [InlineData("<script>alert(1)</script><div>hello there</div>", "hello there")]
    public void Mark_up_is_no_part_of_what_was_said(string sent, string said) =>
        Assert.Equal(said, One("json", System.Text.Json.JsonSerializer.Serialize(new { text = sent })).Submission!.Text);

    /// <summary>A minute of reading for one delivery would be a way to stop the door.</summary>
    [Theory]
    [InlineData("<")]
    [InlineData("<a<b ")]
    [InlineData("<p x='")]
    [InlineData("&#x")]
    [InlineData("<!--")]
    [InlineData("=?utf-8?Q?a?= ")]
    [InlineData("On a wrote:\n")]
    public void A_text_made_of_beginnings_is_read_in_one_pass(string beginning)
    {
        var text = "<p>" + string.Concat(Enumerable.Repeat(beginning, 400_000 / beginning.Length));
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.NotNull(One("json", System.Text.Json.JsonSerializer.Serialize(new { text })).Submission);
        var mail = $"From: dana@example.com\r\nSubject: {beginning.ReplaceLineEndings(" ")}\r\nContent-Type: text/html\r\n\r\n{text}";
        FormatTable.Find("mail")!.Read(Deliveries.Arrival(mail, ("Content-Type", "message/rfc822")), Deliveries.Source("mail"));
        // No measurement, a hang: what grows with the square of its input would take many minutes.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("facebook", """{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"message":{"text":"hello"}}]}]}""")]
    [InlineData("facebook", """{"object":"page","entry":[]}""")]
    [InlineData("trustpilot", """{"events":[]}""")]
    [InlineData("trustpilot", """{"events":[{"eventName":"service-review-reply-created","eventData":{"id":"r1","text":"Thank you for writing, we are sorry","stars":1}}]}""")]
    [InlineData("google", """{"message":{"messageId":"1","attributes":{"a":"b"}},"subscription":"s"}""")]
    [InlineData("google", """{"message":{"messageId":"1","data":"aGVsbG8="},"subscription":"s"}""")]
    [InlineData("formbricks", """{"event":"testEndpoint"}""")]
    [InlineData("typeform", """{"event_id":"1","event_type":"form_response_partial","form_response":{"token":"t1","answers":[]}}""")]
    [InlineData("judgeme", """{"test":true}""")]
    public void What_a_platform_sends_beside_reviews_is_kept_and_never_refused(string format, string body) => Assert.Equal(HeardKind.OtherType, One(format, body).Kind);

    [Theory]
    [InlineData("facebook", """{"object":"page","entry":[{"id":"1","changes":[{"field":"ratings","value":{"item":"rating","verb":"add","reviewer_id":"3","review_text":"לא חזרו אליי","recommendation_type":"NEGATIVE","created_time":1767599990}}]}]}""")]
    [InlineData("judgeme", """{"id":7,"rating":"1","body":"לא חזרו אליי","reviewer":null}""")]
    [InlineData("tally", """{"eventId":"e1","eventType":"FORM_RESPONSE","data":{"fields":[{"label":"מה קרה?","type":"TEXTAREA","value":"לא חזרו אליי"}]}}""")]
    [InlineData("cloudevents", """{"specversion":"1.0","id":"1","source":"s","type":"t","data":{"text":"לא חזרו אליי"}}""")]
    [InlineData("cloudevents", """{"specversion":"1.0","id":"1","source":"s","type":"t","data_base64":"eyJ0ZXh0Ijoi15zXkCDXl9eW16jXlSDXkNec15nXmSJ9"}""")]
    [InlineData("cloudevents", """{"specversion":"1.0","id":"1","source":"s","type":"t","data":"{\"text\":\"לא חזרו אליי\"}"}""")]
    [InlineData("cloudevents", """{"specversion":"1.0","id":"1","source":"s","type":"t","datacontenttype":"text/plain","data":"לא חזרו אליי"}""")]
    public void A_complaint_in_a_shape_that_is_not_the_usual_one_is_not_lost(string format, string body)
    {
        var heard = One(format, body);
        Assert.Equal((HeardKind.Said, "לא חזרו אליי"), (heard.Kind, heard.Submission!.Text));
    }

    [Theory]
    [InlineData(8, "nps", 8)]
    [InlineData(2, "stars", 2)]
    public void Eight_stars_of_ten_are_no_reason_to_lose_a_score(int given, string scale, int value)
    {
        var said = One("tally", $$$"""{"eventType":"FORM_RESPONSE","data":{"responseId":"r","fields":[{"label":"x","type":"RATING","value":{{{given}}}}]}}""").Submission!;
        Assert.Equal((scale, value), (said.Scale, said.Score));
    }

    private static Heard One(string format, string body)
    {
        var (events, refusal) = FormatTable.Find(format)!.Read(Deliveries.Arrival(body), Deliveries.Source(format));
        Assert.Null(refusal);
        return Assert.Single(events);
    }
}
