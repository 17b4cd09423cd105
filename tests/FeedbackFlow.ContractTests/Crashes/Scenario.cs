using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.ContractTests.Crashes;

/// <summary>A piece of work during which a process is killed, and what must be true when others have finished it.</summary>
internal abstract class Scenario
{
    /// <summary>Feedbacks whose sender got an answer: whatever happens, they are never lost.</summary>
    public HashSet<FeedbackId> Acknowledged { get; } = [];

    /// <summary>The caller got an answer, so nobody tries again.</summary>
    public bool WasAnswered { get; protected set; }

    /// <summary>What a healthy process did before.</summary>
    public virtual Task PrepareAsync(Site site, World world) => Task.CompletedTask;

    /// <summary>The work of the process that dies.</summary>
    public abstract Task WorkAsync(Site site, World world);

    /// <summary>The caller had no answer and asks the next process.</summary>
    public virtual Task AskAgainAsync(Site site, World world) => Task.CompletedTask;

    /// <summary>Checked in every case, after the general promises.</summary>
    public abstract Task CheckAsync(Site site, World world);

    protected void Answered(Accepted accepted)
    {
        Acknowledged.Add(accepted.Feedback!.Feedback.Id);
        WasAnswered = true;
    }
}
