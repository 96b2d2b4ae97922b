// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.directory;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.orchestrator.notice.Noticed;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.ToLongFunction;

/**
 * What the directories of all operations share.
 *
 * @param trustDomain the trust domain's name
 * @param publisher this orchestrator, by a name of this start
 * @param signing signs what it tells
 * @param keys the keys of directories
 * @param activeEpoch the epoch of an operation's active key
 */
record Desk(
        Vertx vertx,
        String trustDomain,
        String publisher,
        SigningKey signing,
        DirectoryKeys keys,
        ToLongFunction<String> activeEpoch,
        Clock clock,
        Noticed noticed) {

    /** The box that whoever may read the directory now can open; the caller closes it. */
    DirectoryBox activeBox(String operation) {
        return keys.box(operation, activeEpoch.applyAsLong(operation));
    }
}
