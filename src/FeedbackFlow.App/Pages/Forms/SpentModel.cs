using FeedbackFlow.App.Layout;

namespace FeedbackFlow.App.Pages.Forms;

/// <summary>A job's link that was already used, or that ended while the form was being filled in.</summary>
/// <param name="OpenFormUrl">The business's open form, where more can be said; posting goes there too.</param>
/// <param name="Kept">What somebody typed who posted to the used link; null when the link was only opened.</param>
/// <param name="SubmissionId">For sending <paramref name="Kept"/> on.</param>
/// <param name="HasEnded">The link's time is over; nobody used it.</param>
public sealed record SpentModel(PageFrame Frame, string OpenFormUrl, FormValues? Kept, string SubmissionId, bool HasEnded = false);
