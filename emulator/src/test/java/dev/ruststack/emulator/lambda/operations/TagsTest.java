package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** TagResource, UntagResource and ListTags. */
class TagsTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private static final String ARNS = "arn:aws:lambda:us-east-1:000000000000:function:";

    @Test
    void tagsAreAddedReplacedAndRemoved() {
        STACK.create("tagged");
        var arn = ARNS + "tagged";

        STACK.client().tagResource(tag -> tag.resource(arn).tags(Map.of("a", "1", "b", "2")));
        STACK.client().tagResource(tag -> tag.resource(arn).tags(Map.of("b", "3", "c", "4")));
        STACK.client().untagResource(untag -> untag.resource(arn).tagKeys("a", "unknown"));

        assertThat(STACK.client().listTags(list -> list.resource(arn)).tags()).isEqualTo(Map.of("b", "3", "c", "4"));
        assertThat(STACK.client().getFunction(get -> get.functionName("tagged")).tags())
                .isEqualTo(Map.of("b", "3", "c", "4"));
    }

    @Test
    void functionHasAtMost50Tags() {
        STACK.create("many");
        var tags = new HashMap<String, String>();
        for (int i = 0; i < 51; i++) {
            tags.put("key" + i, "value");
        }

        assertThatThrownBy(() -> STACK.client()
                        .tagResource(tag -> tag.resource(ARNS + "many").tags(tags)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Number of tags exceeds resource tag limit.");
    }

    @Test
    void versionsHaveNoTags() {
        STACK.create("version");

        assertThatThrownBy(() -> STACK.client().listTags(list -> list.resource(ARNS + "version:$LATEST")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(
                        "Tags on function aliases and versions are not supported. " + "Please specify a function ARN.");
    }

    @Test
    void onlyAnArnNamesAResource() {
        assertThatThrownBy(() -> STACK.client().listTags(list -> list.resource("tagged")))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("1 validation error detected: Value 'tagged' at 'resource' failed to satisfy "
                        + "constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*):lambda:");
    }

    @Test
    void functionThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> STACK.client().listTags(list -> list.resource(ARNS + "missing")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> STACK.client()
                        .untagResource(untag -> untag.resource(ARNS + "missing").tagKeys("a")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void systemTagsAreReserved() {
        STACK.create("system");

        assertThatThrownBy(() -> STACK.client()
                        .tagResource(tag -> tag.resource(ARNS + "system").tags(Map.of("aws:a", "1"))))
                .isInstanceOf(InvalidParameterValueException.class);
    }
}
