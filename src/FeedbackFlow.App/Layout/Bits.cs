using FeedbackFlow.Pipeline.Intake;
using Microsoft.AspNetCore.Components;

namespace FeedbackFlow.App.Layout;

/// <summary>Pieces of a sentence that need mark-up of their own: names and numbers keep their direction, what counts is strong.</summary>
public static class Bits
{
    public static IReadOnlyDictionary<string, RenderFragment> Of(params (string Name, RenderFragment Value)[] bits) =>
        bits.ToDictionary(bit => bit.Name, bit => bit.Value, StringComparer.Ordinal);

    public static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    /// <summary>A name that somebody typed; its direction is its own.</summary>
    public static RenderFragment Name(string name) => builder =>
    {
        builder.OpenElement(0, "bdi");
        builder.AddContent(1, Plain.Name(name));
        builder.CloseElement();
    };

    public static RenderFragment Strong(string text) => Strong(Text(text));

    public static RenderFragment Strong(RenderFragment content) => builder =>
    {
        builder.OpenElement(0, "strong");
        builder.AddContent(1, content);
        builder.CloseElement();
    };

    /// <summary>A number to tap, written as people of its country write it.</summary>
    public static RenderFragment Phone(string e164, string? style = null) => Link("tel:" + e164, Number(e164), style);

    public static RenderFragment Email(string address, string? style = null) => Link("mailto:" + address, Ltr(address), style);

    /// <summary>A phone number that is not torn at its hyphens.</summary>
    public static RenderFragment Number(string e164) => builder =>
    {
        builder.OpenElement(0, "bdi");
        builder.AddAttribute(1, "dir", "ltr");
        builder.AddAttribute(2, "class", "number");
        builder.AddContent(3, PhoneNumber.Display(e164));
        builder.CloseElement();
    };

    /// <summary>Something that is always written from left to right.</summary>
    public static RenderFragment Ltr(string text) => builder =>
    {
        builder.OpenElement(0, "bdi");
        builder.AddAttribute(1, "dir", "ltr");
        builder.AddContent(2, text);
        builder.CloseElement();
    };

    private static RenderFragment Link(string address, RenderFragment text, string? style) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", address);
        if (style is not null) builder.AddAttribute(2, "style", style);
        builder.AddContent(3, text);
        builder.CloseElement();
    };
}
