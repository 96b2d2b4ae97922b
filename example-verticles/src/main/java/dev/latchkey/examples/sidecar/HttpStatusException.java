// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.sidecar;

/** The endpoint answered with another status than 200. */
final class HttpStatusException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpStatusException(int status) {
        super("the endpoint answered with status " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}
