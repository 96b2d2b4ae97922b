// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

/** The admin API answered, and refused. Its text names status, problem and fix, in one line. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String text) {
        super(text);
        this.status = status;
    }

    /** The status of the answer (RFC 9110, section 15). */
    public int status() {
        return status;
    }
}
