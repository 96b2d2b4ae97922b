// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import io.vertx.core.json.JsonObject;

/**
 * What one look has found.
 *
 * @param check what was looked at
 * @param level how bad it is
 * @param seen what was seen, in one line
 * @param fix what to do; empty when all is well
 */
public record Finding(String check, Level level, String seen, String fix) {

    static Finding ok(String check, String seen) {
        return new Finding(check, Level.OK, seen, "");
    }

    static Finding warn(String check, String seen, String fix) {
        return new Finding(check, Level.WARN, seen, fix);
    }

    static Finding fail(String check, String seen, String fix) {
        return new Finding(check, Level.FAIL, seen, fix);
    }

    /** As JSON: {@code check}, {@code level}, {@code seen}, and {@code fix} unless all is well. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("check", check)
                .put("level", level.toString())
                .put("seen", seen);
        return fix.isEmpty() ? json : json.put("fix", fix);
    }
}
