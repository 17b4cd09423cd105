using FeedbackFlow.App.Hosting;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace FeedbackFlow.App.Manage;

/// <summary>The pages behind the sign-in.</summary>
internal static class ManageDoor
{
    public static IServiceCollection AddManage(this IServiceCollection services, Settings settings)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "feedbackflow";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            // Where people come by https, a proxy may end it before us: the address that they know decides, not the last hop.
            cookie.Cookie.SecurePolicy = settings.PublicUrl.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = "/manage/sign-in";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
            cookie.SlidingExpiration = true;
        });
        services.AddAuthorization();
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SameSite) = ("feedbackflow-form", SameSiteMode.Strict));
        services.AddSingleton<Visitors>().AddSingleton<SignInRates>().AddSingleton<TaskPages>();
        services.AddSingleton<StaffPages>();
        services.AddSingleton<SourcePages>();
        services.AddSingleton<ListenerPages>();
        services.AddSingleton<PersonPages>();
        return services;
    }

    public static void MapManage(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapBoard();
        routes.MapTaskPages();
        routes.MapPromises();
        routes.MapFeedbacks();
        routes.MapCustomers();
        routes.MapCorrections();
        routes.MapOutbox();
        routes.MapMatch();
        routes.MapStaff();
        routes.MapSources();
        routes.MapDrill();
        routes.MapSettings();
        routes.MapPeople();
    }
}
