using Microsoft.AspNetCore.Authentication.Cookies;

namespace FeedbackFlow.App.Manage;

/// <summary>The pages behind the sign-in.</summary>
internal static class ManageDoor
{
    public static IServiceCollection AddManage(this IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "feedbackflow";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = "/manage/sign-in";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
            cookie.SlidingExpiration = true;
        });
        services.AddAuthorization();
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SameSite) = ("feedbackflow-form", SameSiteMode.Strict));
        services.AddSingleton<Visitors>().AddSingleton<SignInRates>().AddSingleton<TaskPages>();
        return services;
    }

    public static void MapManage(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapBoard();
        routes.MapTaskPages();
        routes.MapOutbox();
    }
}
