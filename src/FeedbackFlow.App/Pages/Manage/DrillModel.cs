using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.App.Pages.Manage;

/// <param name="Url">Where the button posts; followed by <c>/end</c> it ends a drill that runs.</param>
/// <param name="Drill">The last drill; null where there was none.</param>
public sealed record DrillModel(PageFrame Frame, ManageNav Nav, string Url, Drill? Drill, string Zone, DateTimeOffset Now);
