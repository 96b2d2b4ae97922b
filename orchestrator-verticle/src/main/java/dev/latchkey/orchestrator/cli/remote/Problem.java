// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Puts a refusal of the admin API (RFC 9457) into one line. */
final class Problem {
    private static final int MAX_LENGTH = 500;

    private Problem() {}

    static RefusedException of(AdminAddress address, int status, byte[] body) {
        return new RefusedException(status, address + " refused: " + status + " " + text(body) + fix(status));
    }

    private static String text(byte[] body) {
        try {
            JsonObject problem = new JsonObject(Buffer.buffer(body));
            String title = text(problem, "title");
            String detail = text(problem, "detail");
            return title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
        } catch (DecodeException e) {
            return "without a problem document";
        }
    }

    /** Whatever a server says, it ends up on somebody's terminal. */
    private static String text(JsonObject problem, String member) {
        String text = String.valueOf(problem.getValue(member, ""));
        return Printable.of(text.substring(0, Math.min(text.length(), MAX_LENGTH)));
    }

    private static String fix(int status) {
        return switch (status) {
            case 401 -> "; make a token by 'latchkey admin-token issue' and name its file by --token-file";
            case 403 -> "; use a token of a role that may do this";
            case 429 -> "; wait a little";
            default -> "";
        };
    }
}
