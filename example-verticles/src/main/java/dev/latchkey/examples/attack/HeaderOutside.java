// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Puts a header into Vert.x's part of a message, which is not sealed. */
final class HeaderOutside {
    private HeaderOutside() {}

    /** True when the message was taken, and its handler saw no header: the insider's answer opens, and says so. */
    static boolean isDropped(Field field, Envelope envelope, byte[] wire) throws NodeException {
        long before = headersSeen(field);
        Seen seen = Field.seen(field.attacker(
                "ask",
                new JsonObject()
                        .put("port", field.port(AttackNode.VAULT))
                        .put("reply", envelope.replyAddress())
                        .put("wire", withHeader(wire))));
        return seen.reason().equals(Attack.ACCEPTED) && headersSeen(field) == before;
    }

    private static long headersSeen(Field field) throws NodeException {
        return field.tell(AttackNode.VAULT, "status", new JsonObject()).getLong("headers");
    }

    private static byte[] withHeader(byte[] wire) {
        int headers = headersOffset(wire);
        Buffer header = Buffer.buffer()
                .appendInt(1)
                .appendBuffer(Contents.text("admin"))
                .appendBuffer(Contents.text("true"));
        Buffer changed = Buffer.buffer()
                .appendBytes(wire, 0, headers)
                .appendInt(Integer.BYTES + header.length())
                .appendBuffer(header)
                .appendBytes(wire, headers + Integer.BYTES, wire.length - headers - Integer.BYTES);
        return changed.setInt(0, changed.length() - Integer.BYTES).getBytes();
    }

    /** Behind codec name, kind, address, reply address and sender. */
    private static int headersOffset(byte[] wire) {
        Buffer frame = Buffer.buffer(wire);
        int at = Integer.BYTES + 2;
        at += Integer.BYTES + frame.getInt(at) + 1;
        for (int text = 0; text < 3; text++) {
            at += Integer.BYTES + frame.getInt(at);
        }
        return at;
    }
}
