// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.json.JsonObject;

/**
 * Something that happened.
 *
 * @param type {@code instance}, {@code rotation}, {@code refusal}, {@code revocation}, {@code alarm} or {@code policy}; a stream begins with {@code hello}
 * @param data what is told of it
 */
record FeedEvent(String type, JsonObject data) {

    /** As a stream has it (WHATWG HTML, section 9.2.6): JSON has no line breaks. */
    String text(long id) {
        return "id: " + id + "\nevent: " + type + "\ndata: " + data.encode() + "\n\n";
    }
}
