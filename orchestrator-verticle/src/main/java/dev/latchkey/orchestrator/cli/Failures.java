// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.BootstrapException;
import dev.latchkey.orchestrator.cli.remote.RefusedException;
import dev.latchkey.orchestrator.cli.remote.UnreachableException;
import dev.latchkey.orchestrator.cluster.ClusterStartException;
import dev.latchkey.orchestrator.keys.KeystoreException;
import dev.latchkey.orchestrator.policy.PolicyException;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a failure to the person who typed the command: one line, the stack trace on demand only. */
final class Failures {
    /** Failures whose text is written for people. Whatever else is thrown is a mistake of Latchkey's, or of the verticle's. */
    private static final List<Class<? extends Exception>> EXPECTED = List.of(
            IllegalArgumentException.class,
            BootstrapException.class,
            KeystoreException.class,
            ClusterStartException.class,
            ReplyException.class,
            TimeoutException.class,
            RefusedException.class,
            UnreachableException.class);

    /** Told apart, so that a script may try another orchestrator. */
    private static final int UNREACHABLE = 3;

    private Failures() {}

    /** Tells what went wrong and returns the exit code. */
    static int tell(Exception failure, PrintWriter err, boolean debug) {
        lines(failure).forEach(err::println);
        if (debug) {
            failure.printStackTrace(err);
        }
        return failure instanceof UnreachableException ? UNREACHABLE : CommandLine.ExitCode.SOFTWARE;
    }

    /** Tells what is wrong with the arguments and returns the exit code. */
    static int tellUsage(ParameterException failure) {
        CommandLine line = failure.getCommandLine();
        line.getErr()
                .println(prefixed(failure.getMessage() + guess(failure) + "; see '"
                        + line.getCommandSpec().qualifiedName() + " --help'"));
        return CommandLine.ExitCode.USAGE;
    }

    private static String guess(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map(name -> "; did you mean '" + name + "'?")
                        .orElse("")
                : "";
    }

    private static Stream<String> lines(Exception failure) {
        return failure instanceof PolicyException policy
                ? policy.problems().stream()
                : Stream.of(prefixed(text(failure)));
    }

    private static String text(Exception failure) {
        if (failure instanceof IOException io) {
            return FileProblem.of(io);
        }
        if (failure instanceof InterruptedException) {
            return "stopped before it was ready";
        }
        return EXPECTED.stream().anyMatch(expected -> expected.isInstance(failure))
                ? String.valueOf(failure.getMessage())
                : "unexpected failure: " + failure + "; --debug shows where";
    }

    private static String prefixed(String text) {
        return "latchkey: " + text.replaceAll("\\s*\\R\\s*", " ");
    }
}
