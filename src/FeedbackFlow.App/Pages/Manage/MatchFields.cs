namespace FeedbackFlow.App.Pages.Manage;

public static class MatchFields
{
    public const string Contact = "match-contact";
}
