// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import io.vertx.core.Future;
import java.util.List;

/** What is asked of DNS. A name that has no records of a kind gives none. */
interface Dns {
    /** SRV records of a name; fails when no server answers. */
    Future<List<Srv>> srv(String name);

    /** Addresses of a name, IPv4 first; fails when no server answers. */
    Future<List<String>> addresses(String name);
}
