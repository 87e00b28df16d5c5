using System.Text;

namespace BlockGen.Cli.Tests;

/// <summary>Splits a command line as a shell does, as far as tests need it: white space, and single quotes.</summary>
internal static class CommandText
{
    public static string[] Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isQuoted = false;
        bool isWord = false;
        foreach (char letter in line)
        {
            if (letter == '\'')
            {
                isQuoted = !isQuoted;
                isWord = true;
            }
            else if (letter == ' ' && !isQuoted)
            {
                End();
            }
            else
            {
                word.Append(letter);
                isWord = true;
            }
        }

        End();
        return [.. words];

        void End()
        {
            if (isWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            isWord = false;
        }
    }
}
