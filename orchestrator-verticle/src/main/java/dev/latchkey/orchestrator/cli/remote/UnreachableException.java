// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

/** No admin API answered at the address. Its text names address, problem and fix, in one line. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String text, Throwable cause) {
        super(text, cause);
    }
}
