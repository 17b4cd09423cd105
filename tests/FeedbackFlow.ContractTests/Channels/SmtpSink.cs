using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Xunit;

namespace FeedbackFlow.ContractTests.Channels;

/// <summary>A real mail server (npm smtp-server) on this machine that keeps what it gets.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Process process;

    private SmtpSink(Process process, int port) => (this.process, Port) = (process, port);

    public sealed record Mail(bool Secure, string? User, string[] To, byte[] Raw);

    public int Port { get; }

    /// <param name="kind"><c>no-tls</c>: does not know STARTTLS; <c>needs-auth</c>: takes mail only from those who signed in.</param>
    public static async Task<SmtpSink> StartAsync(TempFolder folder, string kind = "plain")
    {
        var services = FindServices();
        if (!Directory.Exists(Path.Combine(services, "node_modules", "smtp-server")))
            Assert.Skip("smtp-server is missing on this machine: run 'npm ci' in tests/services.");
        var (key, certificate) = MakeCertificate(folder.Path);
        var start = new ProcessStartInfo("node", [Path.Combine(services, "smtp-sink.js"), key, certificate, kind]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new(process, JsonDocument.Parse(line!).RootElement.GetProperty("port").GetInt32());
    }

    public async Task<Mail> NextAsync()
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The mail server ended.");
        var mail = JsonDocument.Parse(line).RootElement;
        return new(
            mail.GetProperty("secure").GetBoolean(), mail.GetProperty("user").GetString(),
            [.. mail.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)], mail.GetProperty("raw").GetBytesFromBase64());
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string FindServices()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var services = Path.Combine(folder.FullName, "tests", "services");
            if (Directory.Exists(services)) return services;
        }

        throw new DirectoryNotFoundException("tests/services");
    }

    private static (string Key, string Certificate) MakeCertificate(string folder)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Channels.Letters.At.AddYears(-1), Channels.Letters.At.AddYears(20));
        var (key, file) = (Path.Combine(folder, "key.pem"), Path.Combine(folder, "certificate.pem"));
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return (key, file);
    }
}
