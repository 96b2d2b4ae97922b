// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import java.time.Instant;

/**
 * A live instance that provides an operation, as the orchestrators' directory tells. It was authenticated when it registered; whether it
 * consumes at this moment, and answers, is not said.
 *
 * @param instance its name, 16 hexadecimal digits
 * @param service its service
 * @param node the cluster's name of the node that it runs on; empty when it did not tell
 * @param address where that node's event bus is reached, host:port; empty when it did not tell
 * @param until when its lease ends unless it renews, by the orchestrators' clock
 */
public record Provider(String instance, String service, String node, String address, Instant until) {}
