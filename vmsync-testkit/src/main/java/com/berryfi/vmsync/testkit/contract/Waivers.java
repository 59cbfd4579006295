package com.berryfi.vmsync.testkit.contract;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips the tests that a class has {@link Waived}, and fails a class whose waivers are not in order. */
final class Waivers implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        List<Waived> waivers = AnnotationSupport.findRepeatableAnnotations(type, Waived.class);
        Optional<Method> test = context.getTestMethod();
        if (test.isEmpty()) {
            check(type, waivers);
            return ConditionEvaluationResult.enabled("waivers are in order");
        }
        return waivers.stream()
                .filter(waived -> waived.test().equals(test.get().getName()))
                .findFirst()
                .map(waived -> ConditionEvaluationResult.disabled("waived: " + waived.because()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("not waived"));
    }

    private static void check(Class<?> type, List<Waived> waivers) {
        Map<String, Tier> tests = tests(type);
        Set<String> seen = new HashSet<>();
        for (Waived waived : waivers) {
            Tier tier = tests.get(waived.test());
            if (tier == null) {
                throw refused(type, waived, "there is no such test in its contract");
            }
            if (tier == Tier.MUST) {
                throw refused(type, waived, "it is one that every adapter must pass");
            }
            if (waived.because().isBlank()) {
                throw refused(type, waived, "it says no reason");
            }
            if (!seen.add(waived.test())) {
                throw refused(type, waived, "it is waived twice");
            }
        }
    }

    private static ExtensionConfigurationException refused(Class<?> type, Waived waived, String why) {
        return new ExtensionConfigurationException(type.getName() + " cannot waive " + waived.test() + ": " + why);
    }

    private static Map<String, Tier> tests(Class<?> type) {
        Map<String, Tier> tests = new HashMap<>();
        for (@Nullable Class<?> of = type; of != null; of = of.getSuperclass()) {
            for (Method method : of.getDeclaredMethods()) {
                Proves proves = method.getAnnotation(Proves.class);
                if (proves != null) {
                    tests.put(method.getName(), proves.tier());
                }
            }
        }
        return tests;
    }
}
