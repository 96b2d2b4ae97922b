// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.policy.OperationOutline;
import dev.latchkey.orchestrator.policy.ServiceOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a plan as a policy file, with the evidence as comments. */
final class PolicyWriter {
    private final StringBuilder out = new StringBuilder();
    private final Plan plan;

    private PolicyWriter(Plan plan) {
        this.plan = plan;
    }

    /** The whole file. */
    static String write(Plan plan) {
        PolicyWriter writer = new PolicyWriter(plan);
        writer.writeHead();
        writer.writeOperations();
        writer.writeServices();
        return writer.out.toString();
    }

    private void writeHead() {
        Preamble.of(plan).forEach(line -> line(0, line.isEmpty() ? "#" : "# " + line));
        line(0, "version: 1");
        line(0, "trustDomain: " + YamlText.scalar(plan.policy().trustDomain()));
        line(0, "");
        writeSection("defaults", plan.policy().defaults());
        writeSection("breach", plan.policy().breach());
    }

    private void writeSection(String name, Map<String, String> settings) {
        if (!settings.isEmpty()) {
            line(0, name + ":");
            writeSettings(1, settings);
            line(0, "");
        }
    }

    private void writeSettings(int depth, Map<String, String> settings) {
        settings.forEach((key, value) -> line(depth, YamlText.scalar(key) + ": " + setting(value)));
    }

    /** A mode needs no quotes: a policy never means a truth value by 'off'. */
    private static String setting(String value) {
        return value.equals("off") ? value : YamlText.scalar(value);
    }

    private void writeOperations() {
        if (!plan.policy().operations().isEmpty() || !plan.leftOut().isEmpty()) {
            line(0, "operations:");
            plan.policy().operations().forEach(this::writeOperation);
            plan.leftOut().forEach(this::writeLeftOut);
            line(0, "");
        }
    }

    private void writeOperation(String name, OperationOutline operation) {
        line(1, YamlText.scalar(name) + ":");
        List<Use> uses = new ArrayList<>(plan.evidenceOf(name));
        writeAddresses("addresses", operation.addresses(), uses);
        writeSettings(2, operation.settings());
        writeAddresses("failover", operation.failover(), uses);
        if (!operation.modes().isEmpty()) {
            line(2, "modes:");
            writeSettings(3, operation.modes());
        }
    }

    /** Each use is told of once, at the first line that it belongs to. */
    private void writeAddresses(String key, List<String> addresses, List<Use> uses) {
        if (addresses.isEmpty()) {
            return;
        }
        line(2, key + ":");
        for (String address : addresses) {
            AddressPattern pattern = AddressPattern.parse(address);
            List<Use> here =
                    uses.stream().filter(use -> pattern.matches(use.address())).toList();
            uses.removeAll(here);
            line(3, "- " + YamlText.scalar(address) + comment(Evidence.ofAddresses(pattern, here)));
        }
    }

    private void writeLeftOut(String name, Candidate candidate) {
        Use use = candidate.uses().get(0);
        line(1, "# Left out, since no service " + (use.receivers().areKnown() ? "sent" : "received") + " there:");
        line(1, "# " + YamlText.scalar(name) + ":");
        line(1, "#   addresses:");
        line(1, "#     - " + YamlText.scalar(use.address()) + comment(Evidence.of(use)));
        line(1, "#   mode: " + plan.mode());
    }

    private void writeServices() {
        line(0, "services:");
        plan.policy().services().forEach(this::writeService);
    }

    private void writeService(String name, ServiceOutline service) {
        if (service.provides().isEmpty() && service.invokes().isEmpty()) {
            line(1, name + ": {} # may join, and do nothing yet");
            return;
        }
        line(1, name + ":");
        writeRights("provides", service.provides(), name);
        writeRights("invokes", service.invokes(), name);
    }

    private void writeRights(String key, List<String> operations, String service) {
        if (operations.isEmpty()) {
            return;
        }
        line(2, key + ":");
        operations.forEach(
                operation -> line(3, "- " + YamlText.scalar(operation) + comment(evidence(key, operation, service))));
    }

    private String evidence(String key, String operation, String service) {
        boolean sent = key.equals("invokes");
        long messages = plan.evidenceOf(operation).stream()
                .map(use -> sent ? use.senders() : use.receivers())
                .map(parties -> parties.services().getOrDefault(service, 0L))
                .reduce(0L, Traffic::sum);
        return messages == 0 ? "" : (sent ? "sent " : "received ") + messages;
    }

    private static String comment(String text) {
        return text.isEmpty() ? "" : " # " + YamlText.visible(text);
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(text.isEmpty() ? 0 : depth)).append(text).append('\n');
    }
}
