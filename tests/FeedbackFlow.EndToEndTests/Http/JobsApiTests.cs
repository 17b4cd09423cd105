using System.Text.Json;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>The jobs API and what its link knows.</summary>
public class JobsApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("""{}""", "service")]
    [InlineData("""{"service":" "}""", "service")]
    [InlineData("""{"service":7}""", "service")]
    [InlineData("""{"service":"x","customer":"Dana"}""", "customer")]
    [InlineData("""{"service":"x","customer":{"email":"nobody"}}""", "customer.email")]
    [InlineData("""{"service":"x","customer":{"phone":"12"}}""", "customer.phone")]
    [InlineData("""{"service":"x","customer":{"name":7}}""", "customer.name")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var answer = await Api.Of(shared.App).PostAsync("/api/jobs", body);
        FeedbackApiTests.AssertProblem(answer, 400);
        Assert.Equal([field], answer.Fields);
    }

    [Fact]
    public async Task A_service_that_is_too_long_is_refused()
    {
        Assert.Equal(201, (await Api.Of(shared.App).PostAsync("/api/jobs", JsonSerializer.Serialize(new { service = new string('א', 200) }))).Code);
        FeedbackApiTests.AssertProblem(await Api.Of(shared.App).PostAsync("/api/jobs", JsonSerializer.Serialize(new { service = new string('א', 201) })), 400);
    }

    [Fact]
    public async Task A_feedback_of_a_job_knows_its_customer_and_the_form_does_not_show_the_details()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var link = await FormTests.JobAsync(app);
        var form = await guest.GetAsync(link);
        Assert.DoesNotContain("dana@example.com", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("541234567", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("דנה", form.Text, StringComparison.Ordinal);
        await guest.SubmitAsync(form, "form[method=post]", ("score", "1"), ("words", Api.Threat));
        var task = Assert.Single((await Api.Of(app).GetAsync("/api/tasks")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("+972541234567", task.GetProperty("customer").GetProperty("phone").GetString());
        var apology = Assert.Single(await app.LettersToAsync("dana@example.com"));
        Assert.Contains("אספר לכל", apology.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feedback_and_a_job_may_name_their_branch_and_another_one_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        FeedbackApiTests.AssertProblem(await Api.Of(app).PostAsync("/api/feedback", """{"text":"x","branch":"haifa"}"""), 400);
        FeedbackApiTests.AssertProblem(await Api.Of(app).PostAsync("/api/jobs", """{"customer":{"phone":"0541234567"},"service":"repair","branch":"haifa"}"""), 400);
        await app.Get<FeedbackFlow.Pipeline.ChangeBusiness>().RunAsync("demo", business => FeedbackFlow.Pipeline.BusinessChange.To(business with { Branches = [new("haifa", "חיפה", null, null, "haifa", null)] }));
        Assert.Equal(201, (await Api.Of(app).PostAsync("/api/feedback", """{"text":"x","branch":"haifa"}""")).Code);
        Assert.Equal(201, (await Api.Of(app).PostAsync("/api/jobs", """{"customer":{"phone":"0541234567"},"service":"repair","branch":"haifa"}""")).Code);
    }

    [Fact]
    public async Task A_feedback_by_the_API_may_name_its_job()
    {
        await using var app = await TestApp.StartAsync();
        var job = await Api.Of(app).PostAsync("/api/jobs", """{"customer":{"phone":"0541234567"},"service":"repair"}""");
        var answer = await Api.Of(app).FeedbackAsync(new { text = Api.Threat, jobId = job.Json.GetProperty("jobId").GetString() });
        Assert.Equal(201, answer.Code);
        Assert.Contains("+972541234567", (await Api.Of(app).GetAsync("/api/tasks")).Text, StringComparison.Ordinal);
    }
}
