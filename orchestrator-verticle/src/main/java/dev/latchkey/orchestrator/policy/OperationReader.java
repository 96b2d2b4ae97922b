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

/** Reads the section {@code operations}. */
final class OperationReader {

    private static final List<String> KEYS = List.of(
            "addresses",
            "tokenLifetime",
            "rotationInterval",
            "outageGrace",
            FailoverReader.KEY,
            FlagSetting.IDEMPOTENT,
            "mode",
            "modes",
            ReplaySetting.KEY);

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
        Map<String, Located> failover = FailoverReader.read(section, addresses);
        boolean sound = where.problems().count() == before;
        Modes modes = ModesReader.read(section, defaults.mode(), addresses.keySet(), sound);
        FailoverReader.checkSealed(failover, modes);
        Duration tokenLifetime = TimeSetting.TOKEN_LIFETIME.read(section, defaults.tokenLifetime());
        ReplayScope replay = ReplaySetting.read(section, defaults.replay());
        return new OperationDraft(
                name,
                where,
                addresses,
                modes,
                replay,
                List.copyOf(failover.keySet()),
                FlagSetting.read(section, FlagSetting.IDEMPOTENT),
                tokenLifetime,
                rotationInterval(section),
                TimeSetting.OUTAGE_GRACE.read(section, defaults.outageGrace()));
    }

    private static Map<AddressPattern, Located> addresses(Section section) {
        Map<AddressPattern, Located> addresses = new LinkedHashMap<>();
        section.require("addresses", "list at least one, such as [image.process.*]")
                .ifPresent(list -> list.patterns().forEach(addresses::put));
        return addresses;
    }

    private Duration rotationInterval(Section section) {
        Duration rotation = TimeSetting.ROTATION_INTERVAL.read(section, defaults.rotationInterval());
        section.find(TimeSetting.ROTATION_INTERVAL.key())
                .ifPresent(where -> RotationRule.check(where, rotation, defaults.leaseDuration()));
        return rotation;
    }
}
