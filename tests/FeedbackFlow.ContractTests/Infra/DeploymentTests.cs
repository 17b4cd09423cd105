using System.Text.Json;
using System.Text.RegularExpressions;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Infra;

/// <summary>No Bicep compiler restores here, so the files are held to what can be read without one: names, types, rights, settings, secrets.</summary>
public sealed class DeploymentTests
{
    /// <summary>API versions that are known to exist; a new one is looked up before it is added.</summary>
    private static readonly HashSet<string> KnownTypes =
    [
        "Microsoft.Authorization/roleAssignments@2022-04-01", "Microsoft.CognitiveServices/accounts@2025-06-01", "Microsoft.Communication/communicationServices@2023-04-01",
        "Microsoft.Communication/emailServices@2023-04-01", "Microsoft.Communication/emailServices/domains@2023-04-01", "Microsoft.Communication/emailServices/domains/senderUsernames@2023-04-01",
        "Microsoft.Consumption/budgets@2023-11-01", "Microsoft.EventGrid/systemTopics@2025-02-15", "Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15",
        "Microsoft.Insights/actionGroups@2023-01-01", "Microsoft.Insights/components@2020-02-02", "Microsoft.Insights/scheduledQueryRules@2023-12-01", "Microsoft.KeyVault/vaults@2023-07-01",
        "Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30", "Microsoft.OperationalInsights/workspaces@2023-09-01", "Microsoft.Resources/resourceGroups@2024-03-01",
        "Microsoft.Storage/storageAccounts@2025-06-01", "Microsoft.Web/serverfarms@2024-11-01", "Microsoft.Web/sites@2024-11-01", "Microsoft.Web/sites/config@2024-11-01",
    ];

    /// <summary>Built-in roles by the name their variable has.</summary>
    private static readonly Dictionary<string, string> BuiltInRoles = new()
    {
        ["blobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", ["queueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["queueDataMessageSender"] = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", ["tableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["cognitiveServicesUser"] = "a97b65f3-24c7-4388-baec-2e87135dc908", ["communicationAndEmailServiceOwner"] = "09976791-48a7-449e-bb21-39d1a415f350",
        ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb", ["keyVaultSecretsUser"] = "4633458b-17de-408a-b874-0445c86b69e6",
    };

    /// <summary>Settings that the program reads and the deployment does not give.</summary>
    private static readonly Dictionary<string, string> NotDeployed = new()
    {
        ["data"] = "no disk is kept under the Functions host", ["urls"] = "the host gives the port", ["Proxies"] = "the front end is known",
        ["Email:Reports"] = "the store's own account has the queue", ["Storage:ConnectionString"] = "the account refuses keys", ["Email:ConnectionString"] = "the identity's token", ["Language:Key"] = "the resource refuses keys",
        ["Smtp:StartTls"] = "the default, true, is what a mail server elsewhere needs",
    };

    /// <summary>Settings that the Functions host reads.</summary>
    private static readonly string[] OfTheHost = ["AzureWebJobs", "APPLICATIONINSIGHTS_"];

    /// <summary>Variables that azd fills itself, from its own knowledge or from the outputs of the last deployment.</summary>
    private static readonly string[] OfAzd = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE", "budgetStart"];

    private static readonly string Folder = Path.Combine(TestServices.Repository, "infra");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.bicep", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_name_stands_for_something_and_everything_declared_is_used(string file)
    {
        var bicep = Read(file);
        Assert.True(bicep.IsBalanced());
        Assert.Empty(bicep.Unknown());
        foreach (var name in bicep.Names("param").Concat(bicep.Names("var"))) Assert.True(bicep.Uses(name) > 0, $"{name} is declared and not used.");
        foreach (var (kind, name) in bicep.Declared.Where(one => one.Kind != "output").GroupBy(one => one).Where(same => same.Count() > 1).Select(same => same.Key)) Assert.Fail($"{kind} {name} twice");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Resources_have_known_types_and_nothing_is_fetched_from_a_registry(string file)
    {
        var bicep = Read(file);
        Assert.Empty(bicep.Types.Where(type => !KnownTypes.Contains(type)).ToList());
        Assert.DoesNotMatch(@"'(br|ts)[:/]", bicep.Source);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_key_is_read_and_no_secret_leaves(string file)
    {
        var bicep = Read(file);
        Assert.DoesNotMatch(@"\blist[A-Z]\w*\(", bicep.Code);
        foreach (var line in bicep.Source.Split('\n').Where(line => line.StartsWith("output ", StringComparison.Ordinal)))
            Assert.DoesNotMatch(@"(?i)password|secret|connectionstring|accesskey|instrumentationkey", line);
    }

    [Fact]
    public void Modules_get_what_they_ask_for_and_give_what_is_asked_of_them()
    {
        var main = Read("main.bicep");
        var modules = main.Modules.ToDictionary(module => module.Name, module => (module.Given, File: Read(module.File)));
        Assert.Equal(Files.Count - 1, modules.Values.Select(module => module.File.Path).Distinct().Count());
        foreach (var (name, module) in modules)
        {
            Assert.Empty(module.Given.Except(module.File.Parameters.Keys).Select(extra => $"{name} has no {extra}"));
            Assert.Empty(module.File.Parameters.Where(one => !one.Value).Select(one => one.Key).Except(module.Given).Select(missing => $"{name} needs {missing}"));
        }

        foreach (var (module, output) in main.OutputsUsed) Assert.Contains(output, modules[module].File.Names("output"));
        foreach (var (name, module) in modules)
            foreach (var output in module.File.Names("output")) Assert.True(main.OutputsUsed.Contains((name, output)), $"Nobody uses {name}.outputs.{output}.");
    }

    [Fact]
    public void Conditional_modules_are_not_read_from() =>
        Assert.DoesNotContain(Read("main.bicep").OutputsUsed, used => used.Module is "alerts" or "budget");

    [Fact]
    public void Rights_stand_in_one_file_with_the_ids_of_the_built_in_roles()
    {
        var roles = Read("modules/roles.bicep");
        var named = Regex.Matches(roles.Source, "^var (\\w+) = '([0-9a-f-]{36})'", RegexOptions.Multiline).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.Equal(BuiltInRoles.OrderBy(role => role.Key, StringComparer.Ordinal), named.OrderBy(role => role.Key, StringComparer.Ordinal));
        var others = Files.Select(file => Read(file.Data)).Where(file => file.Path != roles.Path);
        Assert.All(others, file => Assert.DoesNotContain("roleAssignments", file.Source, StringComparison.Ordinal));
        // Each has a scope of its own, never the group or the subscription.
        Assert.Equal(Regex.Count(roles.Source, "^resource \\w+ 'Microsoft.Authorization", RegexOptions.Multiline), Regex.Count(roles.Source, "^  scope: (storage|language|communication|insights|vault)$", RegexOptions.Multiline));
    }

    [Fact]
    public void Keys_are_refused_wherever_an_identity_works()
    {
        Assert.Contains("allowSharedKeyAccess: false", Read("modules/storage.bicep").Source, StringComparison.Ordinal);
        Assert.Contains("disableLocalAuth: true", Read("modules/language.bicep").Source, StringComparison.Ordinal);
        Assert.Contains("DisableLocalAuth: true", Read("modules/monitoring.bicep").Source, StringComparison.Ordinal);
        Assert.Contains("enableRbacAuthorization: true", Read("modules/vault.bicep").Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_of_the_deployment_is_read_and_every_one_that_is_read_is_there()
    {
        var app = Read("modules/app.bicep").Source;
        var block = app[app.IndexOf("'appsettings'", StringComparison.Ordinal)..app.IndexOf("\noutput", StringComparison.Ordinal)];
        var given = Regex.Matches(block, @"\b([A-Z]\w+): ").Select(match => match.Groups[1].Value).ToHashSet();
        var read = SettingsOfTheProgram();

        Assert.Empty(given.Where(name => !OfTheHost.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && !read.Contains(name.Replace("__", ":", StringComparison.Ordinal))).ToList());
        Assert.Empty(read.Where(name => !NotDeployed.ContainsKey(name) && !given.Contains(name.Replace(":", "__", StringComparison.Ordinal))).ToList());
        Assert.Empty(NotDeployed.Keys.Except(read));
        Assert.True(given.Count > 15 && read.Count > 15);
    }

    /// <summary>What a compiler and its linter would say and a reader of names does not see.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_in_it_is_what_the_linter_warns_of(string file)
    {
        var source = Read(file).Source;
        // no-hardcoded-env-urls: addresses come from the resources.
        Assert.DoesNotMatch(@"(?i)\b(core\.windows\.net|azurewebsites\.net|vault\.azure\.net|cognitiveservices\.azure\.com|communication\.azure\.com|management\.azure\.com|login\.microsoftonline\.com)\b", Regex.Replace(source, "//.*|@description\\('.*'\\)", ""));
        // secure-secrets-in-params, outputs-should-not-contain-secrets.
        Assert.DoesNotMatch(@"(?im)^(param|output)\s+\w*(password|pwd|secret|accountkey|acctkey)\w*\s", source);
        // prefer-interpolation, simplify-interpolation, prefer-unquoted-property-names, use-parent-property, no-explicit-any.
        Assert.DoesNotMatch(@"\bconcat\(|\bany\(|:\s*'\$\{\w+\}'$|^\s*'[A-Za-z_]\w*':|\breference\(", source);
        Assert.DoesNotMatch(@"name: '[^']*/[^']*'", source);
        // no-unnecessary-dependson: what is used by name need not be named again.
        foreach (Match module in Regex.Matches(source, @"^(module|resource) (?<name>\w+) [\s\S]*?^\}", RegexOptions.Multiline))
            foreach (Match named in Regex.Matches(module.Value, @"dependsOn: \[(?<names>[^\]]*)\]"))
                foreach (var name in named.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries))
                    Assert.DoesNotMatch($@"\b{name}\.(outputs|id|name|properties)\b", module.Value);
        // BCP318: a resource or module that may not be there is read from only by what is known before it is.
        foreach (Match conditional in Regex.Matches(source, @"^(module|resource) (?<name>\w+) '[^']*' = if ", RegexOptions.Multiline))
            Assert.DoesNotMatch($@"\b{conditional.Groups["name"].Value}\.(outputs|properties|identity|sku)\b", source);
        // no-unused-existing-resources.
        foreach (var name in Regex.Matches(source, @"^\s*resource (?<name>\w+) '[^']*' existing", RegexOptions.Multiline).Select(match => match.Groups["name"].Value))
            Assert.True(Read(file).Uses(name) > 0, $"{name} is looked up and not used.");
    }

    [Fact]
    public void Webhook_secrets_come_out_of_the_vault_under_the_names_that_the_program_reads()
    {
        var app = Read("modules/app.bicep").Source;
        Assert.Contains("'WebhookSecrets__${hook}'", app, StringComparison.Ordinal);
        Assert.Contains("SecretName=webhook-${hook})", app, StringComparison.Ordinal);
        var program = File.ReadAllText(Path.Combine(TestServices.Repository, "src", "FeedbackFlow.App", "Webhooks", "HookSecrets.cs"));
        Assert.Contains("Section = \"WebhookSecrets\"", program, StringComparison.Ordinal);
        Assert.Contains("keyVaultReferenceIdentity: identity.id", app, StringComparison.Ordinal);
    }

    [Fact]
    public void Queues_and_the_table_have_the_names_that_the_program_uses()
    {
        var storage = Read("modules/storage.bicep").Source;
        var queues = Regex.Matches(storage, @"'queues' = \{ name: '([^']+)' \}").Select(match => match.Groups[1].Value);
        Assert.Equal([NudgeQueue.Name, NudgeQueue.PoisonName, DeliveryReports.Name, DeliveryReports.Name + "-poison"], queues);
        Assert.Contains($"'tables' = {{ name: '{CloudStore.TableName}' }}", storage, StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_read_the_numbers_that_the_sweep_writes()
    {
        var alerts = Read("modules/alerts.bicep").Source;
        var round = File.ReadAllText(Path.Combine(TestServices.Repository, "src", "FeedbackFlow.App", "Hosting", "SweepRound.cs"));
        var numbers = Regex.Matches(alerts, @"line\.State\.(\w+)").Select(match => match.Groups[1].Value).Distinct().Order();
        Assert.Equal(["OutboxOldestSeconds", "Overdue", "Poison"], numbers);
        Assert.All(numbers, number => Assert.Contains("{" + number + "}", round, StringComparison.Ordinal));
    }

    /// <summary>azd believes nothing of a parameter with a default but what this file gives it (`ensureParameters` of its Bicep provider), so the file gives every one.</summary>
    [Fact]
    public void Azd_can_set_every_parameter_and_without_that_gives_the_default_of_the_template()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "main.parameters.json")));
        var given = json.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetProperty("value").GetString()!);
        var defaults = Regex.Matches(Read("main.bicep").Source, @"^param (\w+) \w+(?: = (.*))?$", RegexOptions.Multiline).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim('\''));
        // Worked out by the template, not set by anybody.
        Assert.True(defaults.Remove("thisMonth"));
        Assert.Equal(defaults.Keys.Order(StringComparer.Ordinal), given.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, value) in given)
        {
            var variable = Regex.Match(value, @"^\$\{(?<name>\w+)(=(?<default>.+))?\}$");
            Assert.True(variable.Success, value);
            Assert.Equal((name, defaults[name]), (name, variable.Groups["default"].Value));
            if (!OfAzd.Contains(variable.Groups["name"].Value)) Assert.Equal(name.ToUpperInvariant(), variable.Groups["name"].Value.Replace("_", "", StringComparison.Ordinal));
        }
    }

    /// <summary>azd keeps outputs as variables of its environment: a budget that is there must keep its first day, so the next deployment is given the first one's.</summary>
    [Fact]
    public void The_first_day_of_a_budget_comes_back_to_the_next_deployment()
    {
        var main = Read("main.bicep");
        Assert.Contains("output budgetStart string = empty(alertEmail) ? '' : budgetBegan", main.Source, StringComparison.Ordinal);
        Assert.Contains("var budgetBegan = empty(budgetStart) ? thisMonth : budgetStart", main.Source, StringComparison.Ordinal);
        Assert.Contains("\"budgetStart\": { \"value\": \"${budgetStart}\" }", File.ReadAllText(Path.Combine(Folder, "main.parameters.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Azd_runs_the_same_script_with_the_outputs_of_the_template_and_shows_what_it_says()
    {
        var lines = File.ReadAllLines(Path.Combine(TestServices.Repository, "azure.yaml")).Select(line => line.Trim()).ToList();
        var runs = lines.Where(line => line.StartsWith("run: sh infra/publish.sh ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, runs.Count);
        Assert.Single(runs.Distinct());
        Assert.Equal(["resourceGroupName", "functionAppName", "tablesEndpoint", "queuesEndpoint"], Regex.Matches(runs[0], @"""\$(\w+)""").Select(match => match.Groups[1].Value));
        Assert.Subset(Read("main.bicep").Names("output").ToHashSet(), Regex.Matches(runs[0], @"\$(\w+)").Select(match => match.Groups[1].Value).ToHashSet());
        // Otherwise azd drops the output of a hook, and with it the step that is left.
        Assert.Equal(2, lines.Count(line => line == "interactive: true"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("11111111-2222-3333-4444-555555555555")]
    public async Task The_script_publishes_zips_deploys_to_the_subscription_and_ends_with_the_first_business(string subscription)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The script needs a POSIX shell.");
            return;
        }

        using var folder = new TempFolder();
        var bin = Directory.CreateDirectory(folder.File("bin")).FullName;
        foreach (var tool in new[] { "dotnet", "zip", "az" })
        {
            // dotnet publish makes the folder it is told.
            var make = tool == "dotnet" ? "mkdir -p \"$5\"\n" : "";
            await File.WriteAllTextAsync(Path.Combine(bin, tool), $"#!/bin/sh\n{make}echo {tool} \"$@\" >> \"$HEARD\"\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(Path.Combine(bin, tool), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new System.Diagnostics.ProcessStartInfo("sh", [Path.Combine(Folder, "publish.sh"), "rg-x", "func-x", "https://t.example/", "https://q.example/"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["PATH"] = bin + ":" + Environment.GetEnvironmentVariable("PATH"), ["HEARD"] = folder.File("heard"), ["AZURE_SUBSCRIPTION_ID"] = subscription },
        };
        using var script = System.Diagnostics.Process.Start(start)!;
        var said = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(script.ExitCode == 0, await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        var heard = await File.ReadAllLinesAsync(folder.File("heard"), TestContext.Current.CancellationToken);
        Assert.Matches("^dotnet publish src/FeedbackFlow.App -p:PublishProfile=FunctionApp -o \\S+/package$", heard[0]);
        Assert.Matches("^zip -q -r \\S+/package.zip .$", heard[1]);
        Assert.Matches("^az functionapp deployment source config-zip --resource-group rg-x --name func-x --src \\S+/package.zip" + (subscription == "" ? "$" : " --subscription " + subscription + "$"), heard[2]);
        Assert.Equal(3, heard.Length);
        Assert.Contains("export Storage__Tables=https://t.example/ Storage__Queues=https://q.example/", said, StringComparison.Ordinal);
        Assert.Contains("business add", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_of_these_tests_finds_what_is_wrong()
    {
        using var folder = new TempFolder();
        var file = folder.File("wrong.bicep");
        File.WriteAllText(file, "param unused string\nvar x = missing\nresource r 'Microsoft.Web/sites@1999-01-01' = {\n  name: '${x}-${absent}'\n");
        var wrong = new BicepFile(file);
        Assert.False(wrong.IsBalanced());
        Assert.Equal(["missing", "absent"], wrong.Unknown());
        Assert.Equal((0, 1), (wrong.Uses("unused"), wrong.Uses("x")));
        Assert.Equal(["Microsoft.Web/sites@1999-01-01"], wrong.Types);
    }

    private static BicepFile Read(string file) => new(Path.Combine(Folder, file));

    /// <summary>By the ways in which the sources ask for one.</summary>
    private static HashSet<string> SettingsOfTheProgram()
    {
        var sources = Directory.GetFiles(Path.Combine(TestServices.Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText);
        return [.. sources.SelectMany(source => Regex.Matches(source, """onfiguration(\[|, )"(?<name>[^"]+)"(\]|[,)])""")).Select(match => match.Groups["name"].Value)];
    }
}
