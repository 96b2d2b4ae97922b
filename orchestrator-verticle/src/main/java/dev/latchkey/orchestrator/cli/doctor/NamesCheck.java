// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Whether the names of other nodes resolve. */
final class NamesCheck {
    private static final String NAME = "dns";

    private final List<String> members;

    NamesCheck(List<String> members) {
        this.members = members;
    }

    Finding look() {
        List<String> unknown = members.stream()
                .map(MembersCheck::host)
                .filter(host -> !resolves(host))
                .toList();
        return unknown.isEmpty()
                ? Finding.ok(NAME, "resolves the hosts of cluster.members")
                : Finding.fail(
                        NAME,
                        String.join(", ", unknown) + " of cluster.members does not resolve",
                        "correct the name or the resolver, or write addresses");
    }

    private static boolean resolves(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
