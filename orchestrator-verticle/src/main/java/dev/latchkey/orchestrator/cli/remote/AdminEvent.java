// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

/**
 * One event of the stream.
 *
 * @param id by which a broken stream goes on after it; empty when the server gave none
 * @param name its type
 * @param data as the server wrote it, usually JSON
 */
public record AdminEvent(String id, String name, String data) {}
