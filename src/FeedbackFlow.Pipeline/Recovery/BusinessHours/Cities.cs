namespace FeedbackFlow.Pipeline.Recovery.BusinessHours;

/// <summary>Cities by whose sunset a business may rest. A minute of sunset is a quarter of a degree, so town centres are exact enough.</summary>
public static class Cities
{
    public const string Default = "jerusalem";

    /// <summary>Names as they stand in settings; pages have their own words for them.</summary>
    private static readonly IReadOnlyDictionary<string, Place> Known = new Dictionary<string, Place>(StringComparer.Ordinal)
    {
        ["jerusalem"] = new(31.778, 35.235),
        ["tel-aviv"] = new(32.085, 34.782),
        ["haifa"] = new(32.794, 34.990),
        ["beer-sheva"] = new(31.252, 34.791),
        ["rishon-lezion"] = new(31.964, 34.804),
        ["petah-tikva"] = new(32.087, 34.887),
        ["ashdod"] = new(31.804, 34.655),
        ["netanya"] = new(32.321, 34.853),
        ["bnei-brak"] = new(32.084, 34.834),
        ["holon"] = new(32.011, 34.774),
        ["ramat-gan"] = new(32.068, 34.824),
        ["ashkelon"] = new(31.669, 34.571),
        ["rehovot"] = new(31.894, 34.811),
        ["bat-yam"] = new(32.017, 34.745),
        ["beit-shemesh"] = new(31.747, 34.988),
        ["kfar-saba"] = new(32.175, 34.907),
        ["herzliya"] = new(32.164, 34.844),
        ["hadera"] = new(32.434, 34.919),
        ["modiin"] = new(31.898, 35.010),
        ["raanana"] = new(32.184, 34.871),
        ["lod"] = new(31.951, 34.888),
        ["nazareth"] = new(32.702, 35.297),
        ["nahariya"] = new(33.006, 35.094),
        ["akko"] = new(32.928, 35.082),
        ["karmiel"] = new(32.919, 35.295),
        ["tiberias"] = new(32.794, 35.532),
        ["safed"] = new(32.966, 35.496),
        ["afula"] = new(32.608, 35.289),
        ["kiryat-shmona"] = new(33.208, 35.570),
        ["katzrin"] = new(32.992, 35.690),
        ["ariel"] = new(32.105, 35.171),
        ["dimona"] = new(31.069, 35.033),
        ["arad"] = new(31.259, 35.213),
        ["mitzpe-ramon"] = new(30.610, 34.801),
        ["eilat"] = new(29.558, 34.949),
    };

    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    public static bool IsKnown(string? name) => name is not null && Known.ContainsKey(name);

    /// <summary>Where it is; Jerusalem for a name that is not known.</summary>
    public static Place Find(string? name) => name is not null && Known.TryGetValue(name, out var place) ? place : Known[Default];
}
