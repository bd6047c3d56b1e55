using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using LinodeTool.Settings;

namespace LinodeTool.Host;

/// <summary>The machine itself.</summary>
internal static partial class SystemHost
{
    private const int StandardError = 2;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static ToolHost Create()
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "");

        // Whatever this process starts has no use for them, and its environment is easier to come by than ours.
        foreach (var name in SecretVariables.All)
        {
            System.Environment.SetEnvironmentVariable(name, null);
        }

        return new ToolHost
        {
            Environment = environment,
            Folder = System.Environment.CurrentDirectory,
            Home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
            ProgramFolder = AppContext.BaseDirectory,
            In = new StandardInput(),
            Out = Writer(Console.OpenStandardOutput(), flush: false),
            Error = Writer(Console.OpenStandardError(), flush: true),
            InIsTerminal = !Console.IsInputRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Screen = () => Measure(environment),
            ReadHidden = ReadHidden,
        };
    }

    private static StreamWriter Writer(Stream stream, bool flush) => new(stream, Utf8) { NewLine = "\n", AutoFlush = flush };

    /// <summary>Console.WindowWidth measures standard output, which may be a pipe while progress is drawn on standard error.</summary>
    private static ScreenSize Measure(Dictionary<string, string> environment)
    {
        if (OperatingSystem.IsLinux() && GetWindowSize(StandardError, 0x5413, out var window) == 0 && window.Columns > 0 && window.Rows > 0)
        {
            return new ScreenSize(window.Columns, window.Rows);
        }

        var columns = environment.TryGetValue("COLUMNS", out var text) && int.TryParse(text, out var asked) && asked > 0 ? asked : 0;
        return OperatingSystem.IsLinux() || Console.IsErrorRedirected || Console.IsOutputRedirected
            ? ScreenSize.Default with { Width = columns > 0 ? columns : 80 }
            : new ScreenSize(Console.WindowWidth, Console.WindowHeight);
    }

    private static string? ReadHidden()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return typed.ToString();
                case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && typed.Length == 0:
                    return null;
                case ConsoleKey.Backspace:
                    typed.Length = Math.Max(0, typed.Length - 1);
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        typed.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int GetWindowSize(int file, nint request, out WindowSize window);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelWidth;
        public ushort PixelHeight;
    }

    /// <summary>Opened on first use: most commands never read, and opening costs start-up time.</summary>
    private sealed class StandardInput : TextReader
    {
        private readonly Lazy<StreamReader> reader = new(() => new StreamReader(Console.OpenStandardInput(), Utf8));

        public override int Read() => reader.Value.Read();

        public override int Peek() => reader.Value.Peek();

        public override string? ReadLine() => reader.Value.ReadLine();

        public override string ReadToEnd() => reader.Value.ReadToEnd();
    }
}
