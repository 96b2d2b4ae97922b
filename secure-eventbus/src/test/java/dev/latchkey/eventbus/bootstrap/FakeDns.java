// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says what a test gave it; fails for {@code broken} names, and for all when it is silent. */
final class FakeDns implements Dns {
    final Map<String, List<Srv>> records = new HashMap<>();
    final Map<String, List<String>> addresses = new HashMap<>();

    boolean silent;

    @Override
    public Future<List<Srv>> srv(String name) {
        return silent || name.startsWith("broken")
                ? Future.failedFuture("no answer")
                : Future.succeededFuture(records.getOrDefault(name, List.of()));
    }

    @Override
    public Future<List<String>> addresses(String name) {
        return silent || name.startsWith("broken")
                ? Future.failedFuture("no answer")
                : Future.succeededFuture(addresses.getOrDefault(name, List.of()));
    }
}
