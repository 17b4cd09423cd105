using System.Text.Json;
using System.Text.RegularExpressions;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.TestKit;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace FeedbackFlow.Tests.Functions;

/// <summary>The functions' folders and host.json against the program and against what the host is known to do.</summary>
public class PackageShapeTests(Azurite azurite)
{
    private static readonly string[] HostsOwn = ["admin", "runtime"];
    private readonly IReadOnlyList<Function> functions = FunctionsHost.Read(HostedApp.Source);

    [Fact]
    public void A_request_is_passed_on_as_it_came_because_there_is_one_trigger_and_one_answer()
    {
        foreach (var function in functions.Where(function => function.Type == "httpTrigger"))
        {
            Assert.Equal(["in", "out"], function.Bindings.Select(binding => binding.GetProperty("direction").GetString()));
            Assert.Equal("http", function.Bindings[1].GetProperty("type").GetString());
            Assert.Equal("anonymous", function.Trigger.GetProperty("authLevel").GetString());
            Assert.Equal(7, function.Trigger.GetProperty("methods").GetArrayLength());
        }
    }

    [Fact]
    public void No_route_leads_to_a_trigger_or_to_what_the_host_keeps_for_itself()
    {
        var triggers = functions.Where(function => function.Type != "httpTrigger").Select(function => function.Name).ToList();
        Assert.NotEmpty(triggers);
        foreach (var function in functions.Where(function => function.Type == "httpTrigger"))
        {
            Assert.Matches("^[a-z]+(/\\{\\*path\\})?$", function.Route);
            foreach (var taken in triggers.Concat(HostsOwn)) Assert.False(function.Takes("/" + taken) || function.Takes("/" + taken + "/x"), $"{function.Name} takes /{taken}");
        }
    }

    [Fact]
    public async Task Every_door_of_the_program_has_a_route_and_every_trigger_a_door()
    {
        await using var app = await HostedApp.StartAsync(azurite);
        var triggers = functions.Where(function => function.Type != "httpTrigger").Select(function => "/" + function.Name).ToHashSet();
        var paths = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => "/" + Regex.Replace(endpoint.RoutePattern.RawText!.Trim('/'), @"\{[^}]*\}", "x")).ToHashSet();

        Assert.Subset(paths, triggers);
        // The root is the host's: it only asks whether anybody is there.
        foreach (var path in paths.Except(triggers).Where(path => path != "/")) Assert.True(functions.Any(function => function.Takes(path)), $"No function takes {path}.");
    }

    [Fact]
    public void Host_json_says_what_the_program_counts_on()
    {
        using var json = FunctionsHost.HostJson(TestServices.Repository);
        var (handler, extensions) = (json.RootElement.GetProperty("customHandler"), json.RootElement.GetProperty("extensions"));
        Assert.True(handler.GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.False(handler.TryGetProperty("http", out _), "Routes there cannot be combined with folders.");
        Assert.False(handler.TryGetProperty("port", out _));
        Assert.Equal("FeedbackFlow.App", handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.Equal("", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        var queues = extensions.GetProperty("queues");
        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.Equal(NudgeQueue.MostTries, queues.GetProperty("maxDequeueCount").GetInt32());
        Assert.Equal(NudgeQueue.HideFor, TimeSpan.Parse(queues.GetProperty("visibilityTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        var nudge = functions.Single(function => function.Name == "nudge").Trigger;
        Assert.Equal((NudgeQueue.Name, "AzureWebJobsStorage"), (nudge.GetProperty("queueName").GetString(), nudge.GetProperty("connection").GetString()));
        // The host sets aside where the program does.
        Assert.Equal(NudgeQueue.PoisonName, NudgeQueue.Name + "-poison");
    }

    [Fact]
    public void A_timer_has_six_fields_and_does_not_run_at_every_start()
    {
        var timers = functions.Where(function => function.Type == "timerTrigger").ToList();
        Assert.NotEmpty(timers);
        foreach (var timer in timers)
        {
            Assert.Equal(6, timer.Trigger.GetProperty("schedule").GetString()!.Split(' ').Length);
            Assert.Equal(JsonValueKind.False, timer.Trigger.GetProperty("runOnStartup").ValueKind);
        }
    }
}
