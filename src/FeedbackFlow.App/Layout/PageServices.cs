using System.Text.Encodings.Web;
using System.Text.Unicode;
using FeedbackFlow.App.Letters;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FeedbackFlow.App.Layout;

public static class PageServices
{
    /// <summary>Pages and letters. Their encoder leaves Hebrew as it is and encodes what HTML needs encoded.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.Replace(ServiceDescriptor.Singleton(HtmlEncoder.Create(UnicodeRanges.All)));
        services.TryAddSingleton<ILetterWriter, RazorLetterWriter>();
        return services;
    }
}
