package com.berryfi.vmsync.azure;

import java.util.List;

/** What is read of an answer. */
sealed interface AnswerShape {

    /** A string, or what is as good as one: a number, true or false. */
    enum Text implements AnswerShape {
        TEXT
    }

    /** An array. */
    record Many(AnswerShape each) implements AnswerShape {}

    /** An object; its other fields are not read. */
    record Fields(List<Field> fields) implements AnswerShape {

        private static Fields of(Field... fields) {
            return new Fields(List.of(fields));
        }

        /** The place of a field; negative if it is not read. */
        int placeOf(String name) {
            for (int place = 0; place < fields.size(); place++) {
                if (fields.get(place).name().equals(name)) {
                    return place;
                }
            }
            return -1;
        }
    }

    /** A field of an object, by its name as it is spelt. */
    record Field(String name, AnswerShape shape) {}

    /** A machine with its instance view. */
    AnswerShape MACHINE = Fields.of(
            text("id"),
            new Field(
                    "properties",
                    Fields.of(
                            text("vmId"),
                            text("provisioningState"),
                            new Field(
                                    "instanceView",
                                    Fields.of(new Field("statuses", new Many(Fields.of(text("code")))))))));

    /** A page of a list of machines. */
    AnswerShape PAGE = Fields.of(new Field("value", new Many(MACHINE)), text("nextLink"));

    /** An error as Resource Manager writes it, in an object of its own, or flat as Compute does. */
    AnswerShape ERROR = Fields.of(new Field("error", error()), text("code"), details());

    private static Field text(String name) {
        return new Field(name, Text.TEXT);
    }

    private static AnswerShape error() {
        return Fields.of(text("code"), details());
    }

    private static Field details() {
        return new Field("details", new Many(Fields.of(text("code"))));
    }
}
