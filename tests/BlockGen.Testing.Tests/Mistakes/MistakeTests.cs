using System.Reflection;

namespace BlockGen.Testing.Tests.Mistakes;

/// <summary>The suite finds mistakes, and says where to look; a driver without any passes it.</summary>
public sealed class MistakeTests
{
    private static readonly Dictionary<string, Mistake> s_mistakes =
        new(DeclaredMistakes.All.Concat(GeneratedMistakes.All).Concat(HotPathMistakes.All)
            .Concat(HandwrittenMistakes.All));

    private const int LeastMistakes = 40;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Names => [.. s_mistakes.Keys];

    [Fact]
    public void There_are_enough_of_them() => Assert.True(s_mistakes.Count >= LeastMistakes);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_mistake_is_found_and_told_with_the_declaration_to_look_at(string name)
    {
        Mistake mistake = s_mistakes[name];
        Type suite = typeof(MistakenConformance<>).MakeGenericType(MistakenDriver.Compile(mistake));
        MethodInfo test = suite.GetMethod(mistake.FoundBy)!;

        ConformanceException found = await Assert.ThrowsAsync<ConformanceException>(
            () => ((Task)test.Invoke(Activator.CreateInstance(suite), null)!).WaitAsync(s_patience));

        Assert.Contains($"format '{mistake.Driver.ToLowerInvariant()}'", found.Message, StringComparison.Ordinal);
        Assert.Contains("Look at ", found.Message, StringComparison.Ordinal);
        Assert.Contains(mistake.LookAt, found.Message, StringComparison.Ordinal);
    }
}

/// <summary>The suite of a driver with a mistake: run by a test, and no test itself.</summary>
internal sealed class MistakenConformance<TImage> : BlockDriverConformance<TImage>
    where TImage : Image, IImageFormat<TImage>;
