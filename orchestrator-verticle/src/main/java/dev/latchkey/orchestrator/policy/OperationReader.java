// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the section {@code operations}. */
final class OperationReader {

    private static final List<String> KEYS =
            List.of("addresses", "tokenLifetime", "rotationInterval", "failover", "mode", "modes", ReplaySetting.KEY);

    private static final String NAME = "operations";

    private final Defaults defaults;

    OperationReader(Defaults defaults) {
        this.defaults = defaults;
    }

    List<OperationDraft> readAll(Section file) {
        List<OperationDraft> drafts = new ArrayList<>();
        section(file).ifPresent(all -> all.entries().forEach((name, where) -> drafts.add(read(name, where))));
        return drafts;
    }

    private Optional<Located> section(Section file) {
        return defaults.observesUnlisted()
                ? file.find(NAME)
                : file.require(NAME, "define at least one operation under it");
    }

    private OperationDraft read(String name, Located where) {
        where.check(() -> Operation.checkName(name));
        Section section = Section.of(where, KEYS);
        int before = where.problems().count();
        Map<AddressPattern, Located> addresses = addresses(section);
        List<String> failover = failover(section, addresses);
        boolean sound = where.problems().count() == before;
        Modes modes = ModesReader.read(section, defaults.mode(), addresses.keySet(), sound);
        Duration tokenLifetime = TimeSetting.TOKEN_LIFETIME.read(section, defaults.tokenLifetime());
        ReplayScope replay = ReplaySetting.read(section, defaults.replay());
        return new OperationDraft(
                name, where, addresses, modes, replay, failover, tokenLifetime, rotationInterval(section));
    }

    private static Map<AddressPattern, Located> addresses(Section section) {
        Map<AddressPattern, Located> addresses = new LinkedHashMap<>();
        section.require("addresses", "list at least one, such as [image.process.*]")
                .ifPresent(list -> parseAll(list, addresses::put));
        return addresses;
    }

    /** A failover is an address of the operation like any other, so it joins them. */
    private static List<String> failover(Section section, Map<AddressPattern, Located> addresses) {
        List<String> failover = new ArrayList<>();
        section.find("failover")
                .ifPresent(list -> parseAll(list, (pattern, where) -> {
                    checkExact(pattern, where);
                    addresses.putIfAbsent(pattern, where);
                    failover.add(pattern.toString());
                }));
        return failover;
    }

    private static void parseAll(Located list, BiConsumer<AddressPattern, Located> whenParsed) {
        list.texts().forEach((text, where) -> where.check(() -> whenParsed.accept(AddressPattern.parse(text), where)));
    }

    private static void checkExact(AddressPattern pattern, Located where) {
        if (!pattern.isExact()) {
            where.refuse("'" + pattern + "' has a wildcard; a failover must be one exact address");
        }
    }

    private Duration rotationInterval(Section section) {
        Duration rotation = TimeSetting.ROTATION_INTERVAL.read(section, defaults.rotationInterval());
        section.find(TimeSetting.ROTATION_INTERVAL.key())
                .ifPresent(where -> RotationRule.check(where, rotation, defaults.leaseDuration()));
        return rotation;
    }
}
