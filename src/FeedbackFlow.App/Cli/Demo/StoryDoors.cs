using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Cli.Demo;

/// <summary>The program's own doors, opened from outside over HTTP as a customer, a manager and a business's systems would.</summary>
internal sealed partial class StoryDoors(HttpClient http)
{
    /// <summary>Gives the task that is open for the feedback, or null.</summary>
    public async Task<TaskId?> SayAsync(string channel, string text, string name, string? email, string? phone)
    {
        using var answer = await ApiAsync("api/feedback", new { channel, text, customer = new { name, email, phone } });
        var recovery = answer.RootElement.GetProperty("recovery");
        return recovery.ValueKind == JsonValueKind.Null ? null : new TaskId(recovery.GetProperty("taskId").GetString()!);
    }

    /// <summary>Gives the job's feedback link.</summary>
    public async Task<Uri> JobAsync(string service, string name, string email, string phone)
    {
        using var answer = await ApiAsync("api/jobs", new { service, customer = new { name, email, phone } });
        return new(answer.RootElement.GetProperty("link").GetString()!);
    }

    public async Task OutcomeAsync(TaskId task, string outcome, string reason) =>
        (await ApiAsync($"api/tasks/{task}/outcome", new { outcome, reason })).Dispose();

    /// <summary>Opens the form as a browser does, fills it in, and sends it.</summary>
    public async Task FormAsync(Uri link, int score, string words)
    {
        var page = await PageAsync(await http.GetAsync(link));
        if (SubmissionField().Match(page) is not { Success: true } hidden) throw new StoryStoppedException($"The form {link} carries no submission id.");
        await SendAsync(link, (FormFields.Submission, hidden.Groups[1].Value), (FormFields.Score, Words.Number(score)), (FormFields.Words, words));
    }

    /// <summary>Opening a one-tap link shows a page with a button; pressing the button acts.</summary>
    public async Task TapAsync(Uri link, params (string Field, string Value)[] fields)
    {
        await PageAsync(await http.GetAsync(link));
        await SendAsync(link, fields);
    }

    public Task SavedAsync(Uri link, string gesture) => TapAsync(link, (ActionFields.Reason, "solved"), (ActionFields.Gesture, gesture));

    private async Task SendAsync(Uri link, params (string Field, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Field, field.Value)));
        await PageAsync(await http.PostAsync(link, form));
    }

    private async Task<JsonDocument> ApiAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Json.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoBusiness.Key);
        return JsonDocument.Parse(await PageAsync(await http.SendAsync(request)));
    }

    private static async Task<string> PageAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? body : throw new StoryStoppedException($"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}: {body}");
        }
    }

    [GeneratedRegex("name=\"submission\"[^>]*value=\"([0-9a-f]{32})\"")]
    private static partial Regex SubmissionField();
}
