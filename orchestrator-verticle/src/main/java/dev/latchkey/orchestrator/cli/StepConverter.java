// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.keys.RotationStep;
import dev.latchkey.orchestrator.policy.Nearest;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A step as it is typed. */
final class StepConverter implements ITypeConverter<RotationStep> {
    @Override
    public RotationStep convert(String text) {
        List<String> names =
                Stream.of(RotationStep.values()).map(RotationStep::text).toList();
        return Stream.of(RotationStep.values())
                .filter(step -> step.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no step; "
                        + Nearest.to(text, names).orElse("write one of " + String.join(", ", names))));
    }
}
