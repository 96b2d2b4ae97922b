// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.cli.remote.AdminClient;
import io.vertx.core.json.JsonObject;

/** How the admin API words things. */
final class Admin {
    private Admin() {}

    /** A name within a path. */
    static String segment(String name) {
        return AdminClient.segment(name);
    }

    /** The number of the notice that told everybody, if the answer has one. */
    static String notice(JsonObject answer) {
        return answer.getValue("notice") instanceof Number number ? ", told by notice " + number : "";
    }
}
