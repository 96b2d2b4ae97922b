// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What a node does for its driver. */
public interface NodeCommands {
    /** Carries out a command. Fails for one that the node does not know. */
    Future<JsonObject> handle(String command, JsonObject arguments);

    static Future<JsonObject> unknown(String command) {
        return Future.failedFuture("unknown command " + command);
    }
}
