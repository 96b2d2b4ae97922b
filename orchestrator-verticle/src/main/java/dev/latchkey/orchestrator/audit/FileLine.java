// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import io.vertx.core.json.JsonObject;
import java.util.HexFormat;

/** The members of each file's first line, by which it goes on with the file before. */
final class FileLine {
    static final String LOG = "log";
    static final String FILE = "file";
    static final String TRUST_DOMAIN = "trustDomain";
    static final String PREVIOUS_HASH = "previousHash";
    static final String CHECKPOINT_RECORDS = "checkpointRecords";
    /** Of the file before: how many lines behind its last checkpoint, bytes behind its last whole line, and their hash. */
    static final String UNCOVERED = "uncoveredBefore";

    static final String TORN_BYTES = "tornBytes";

    static final String TORN_HASH = "tornHash";

    private FileLine() {}

    /** What the first line of the file behind this tail says. */
    static JsonObject of(Tail before, String log, String trustDomain, int checkpointRecords) {
        JsonObject details = new JsonObject()
                .put(LOG, log)
                .put(FILE, before.number() + 1)
                .put(TRUST_DOMAIN, trustDomain)
                .put(PREVIOUS_HASH, HexFormat.of().formatHex(before.hash()))
                .put(CHECKPOINT_RECORDS, checkpointRecords)
                .put(UNCOVERED, before.uncovered());
        return before.torn().length == 0
                ? details
                : details.put(TORN_BYTES, before.torn().length)
                        .put(TORN_HASH, HexFormat.of().formatHex(Chain.hash(before.torn())));
    }

    static byte[] previousHash(AuditLine line) throws AuditFormatException {
        if (!line.is(AuditEvent.FILE)) {
            throw new AuditFormatException("the file does not begin with a line of the event FILE");
        }
        try {
            byte[] hash = HexFormat.of().parseHex(line.text(PREVIOUS_HASH));
            if (hash.length == Chain.HASH_LENGTH) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new AuditFormatException("the line's previousHash is no hash");
    }
}
