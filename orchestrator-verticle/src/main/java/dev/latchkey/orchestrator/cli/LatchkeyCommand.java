// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.cluster.CommonPool;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code latchkey}. Its subcommands are its own and every {@link CliCommand} on the class path. */
@Command(
        name = "latchkey",
        description = "A zero-trust event bus for clustered Vert.x.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = ManifestVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, refused, or answered with no",
            "2:wrong arguments",
            "3:no orchestrator's admin API was reached"
        },
        subcommands = {
            InitCommand.class,
            OrchestratorCommand.class,
            CredentialCommand.class,
            JoinTokenCommand.class,
            AdminTokenCommand.class,
            PolicyCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            RunCommand.class,
            ServicesCommand.class,
            OperationsCommand.class,
            InstancesCommand.class,
            RotateCommand.class,
            RevokeCommand.class,
            QuarantineCommand.class,
            EventsCommand.class,
            DoctorCommand.class,
            ClasspathCommand.class,
            CompletionCommand.class
        })
public final class LatchkeyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean debug;

    private final Terminal terminal;

    private LatchkeyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        CommonPool.widen();
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        GracefulExit.with(() -> run(SystemTerminal.open(), out, err, args));
    }

    /**
     * Runs the command in this JVM, which goes on afterwards.
     *
     * @return 0, or 1 for a failure, 2 for arguments that are wrong, 3 when no admin API was reached
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(Terminal.none(), out, err, args);
    }

    static int run(Terminal terminal, PrintWriter out, PrintWriter err, String... args) {
        LatchkeyCommand command = new LatchkeyCommand(terminal);
        return line(command)
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.hasColours() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((failure, rest) -> Failures.tellUsage(failure))
                .setExecutionExceptionHandler((failure, at, parsed) -> Failures.tell(failure, err, command.debug))
                .execute(args);
    }

    private static CommandLine line(LatchkeyCommand command) {
        CommandLine line = new CommandLine(command);
        // First of all: what is set on the line goes to the subcommands that it has by then.
        addOthers(line);
        return line;
    }

    /** All commands that there are, to be looked at. */
    static CommandLine line() {
        return line(new LatchkeyCommand(Terminal.none()));
    }

    Terminal terminal() {
        return terminal;
    }

    private static void addOthers(CommandLine line) {
        ServiceLoader.load(CliCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(
                        other -> CommandSpec.forAnnotatedObject(other).name()))
                .forEach(line::addSubcommand);
    }

    /** Without a subcommand there is nothing to do but to show them. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
