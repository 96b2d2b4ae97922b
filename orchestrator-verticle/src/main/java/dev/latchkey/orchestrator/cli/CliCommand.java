// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code latchkey}. Other modules add theirs: a public class with a public constructor without parameters,
 * annotated with picocli's {@code @Command(name = ...)}, and listed in {@code
 * META-INF/services/dev.latchkey.orchestrator.cli.CliCommand}.
 *
 * <p>A command writes to {@code spec.commandLine().getOut()} and {@code getErr()}, never to {@code System.out}. It returns its
 * exit code, or throws: {@link LatchkeyCommand} tells the failure in one line and exits with 1. A command that runs for long
 * must end, in order and with 0, when its thread is interrupted, since that is how a signal to stop reaches it.
 */
public interface CliCommand extends Callable<Integer> {}
