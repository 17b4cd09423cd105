using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class ListenerTests
{
    private static readonly Listener Crm = new("crm", "https://crm.example/hook", ["task.closed"], [], A.Now, null, null);

    [Fact]
    public void It_hears_what_it_asked_for_until_it_is_switched_off()
    {
        Assert.True(Crm.Hears("task.closed"));
        Assert.False(Crm.Hears("task.claimed"));
        Assert.False((Crm with { DisabledAt = A.Now }).Hears("task.closed"));
    }

    [Fact]
    public void Every_secret_signs_until_its_end()
    {
        var changing = Crm with { Secrets = [new("2", "new", A.Now, null), new("1", "old", A.Now, A.Now.AddDays(1))] };
        Assert.Equal(["new", "old"], changing.ActiveSecrets(A.Now.AddDays(1).AddTicks(-1)));
        Assert.Equal(["new"], changing.ActiveSecrets(A.Now.AddDays(1)));
    }
}
