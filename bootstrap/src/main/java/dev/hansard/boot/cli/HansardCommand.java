// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.yaml.MisfitException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code hansard}: the root of the commands. */
@Command(
        name = "hansard",
        description = "The official record of what services say to each other.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 the answer is no, 2 usage or configuration, 3 unreachable or not allowed,",
            "4 not found, 5 timed out, 70 a bug of ours."
        })
public final class HansardCommand {
    private HansardCommand() {}

    /**
     * All commands, ready to execute.
     *
     * @param ofConfig further commands of {@code config}
     * @param others those that live in packages of their own, in the order of the help
     */
    public static CommandLine over(
            Terminal terminal,
            ServeAction serve,
            DemoAction demo,
            List<CommandLine> ofConfig,
            List<CommandLine> others) {
        CommandLine config = ConfigCommand.over(terminal);
        ofConfig.forEach(config::addSubcommand);
        CommandLine root = new CommandLine(new HansardCommand())
                .addSubcommand(new ServeCommand(terminal, serve))
                .addSubcommand(new DemoCommand(terminal, demo))
                .addSubcommand(config);
        others.forEach(root::addSubcommand);
        root.addSubcommand(new CompletionCommand(terminal)).addSubcommand(new VersionCommand(terminal));
        addHelp(root);
        return root.setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.outIsTerminal() ? Ansi.AUTO : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedSubcommandsAllowed(false)
                .registerConverter(ListenAddress.class, HansardCommand::address)
                .setParameterExceptionHandler((e, _) -> onUsage(e, terminal))
                .setExecutionExceptionHandler((e, _, _) -> onFailure(e, terminal));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    // Every command understands --help, and none has to say so.
    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.getSubcommands().values().forEach(HansardCommand::addHelp);
    }

    private static ListenAddress address(String text) {
        try {
            return ListenAddress.parse(text);
        } catch (MisfitException e) {
            String hint = e.hint().isEmpty() ? "" : " (" + e.hint() + ")";
            throw new TypeConversionException("must be " + e.expected() + hint);
        }
    }

    private static int onUsage(ParameterException e, Terminal terminal) {
        terminal.err().println("error: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, writer(terminal.err()));
        terminal.hint("try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE;
    }

    private static int onFailure(Exception e, Terminal terminal) {
        if (e instanceof CommandFailedException failure) {
            terminal.err().println("error: " + failure.text());
            if (!failure.hint().isEmpty()) {
                terminal.hint(failure.hint());
            }
            return failure.exitCode();
        }
        return onBug(e, terminal);
    }

    /** Says that something is our mistake and where, in one line without the message, which may hold a payload. */
    public static int onBug(Throwable e, Terminal terminal) {
        String place = Arrays.stream(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.hansard."))
                .findFirst()
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .orElse("");
        terminal.err()
                .println("this is a bug: " + e.getClass().getName() + place + "; hansard " + Version.current()
                        + ", please report it");
        return ExitCode.OUR_BUG;
    }
}
