using System.Collections.Frozen;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>The emoji that say how somebody feels; all others are silent.</summary>
internal static class EmojiMood
{
    private static readonly FrozenDictionary<string, int> Valences = Build();

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Valences.GetAlternateLookup<ReadOnlySpan<char>>();

    public static int Of(ReadOnlySpan<char> symbol) => Lookup.TryGetValue(symbol, out var valence) ? valence : 0;

    private static FrozenDictionary<string, int> Build()
    {
        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        Put(2, "😀 😃 😄 😁 😊 🙂 😍 🥰 😘 ❤ 💕 💖 💗 💙 💚 💛 🧡 💜 👍 👏 🙌 💪 🌟 ⭐ 🔥 💯 🎉 🤩 😎 ☺ 👌 🌹 💐 🏆 ✅ 🥳 🤗");
        Put(-2, "😡 😠 🤬 😤 👎 💩 🤮 🤢 😭 😢 😞 😒 🙄 😑 😩 😫 💔 🖕 😾 ☹ 🙁 😣 😖 🤦 😓 😔 🗑 🚮 ❌ 🤥");
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Put(int valence, string symbols)
        {
            foreach (var symbol in symbols.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                table[symbol] = valence;
            }
        }
    }
}
