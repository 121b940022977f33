package dev.ruststack.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePullsTest {
    @ParameterizedTest
    @CsvSource({
        "shop, shop:latest",
        "localhost:5000/shop, localhost:5000/shop:latest",
        "localhost:5000/shop:1, localhost:5000/shop:1",
        "shop@sha256:00, shop@sha256:00",
        "public.ecr.aws/lambda/python:3.12, public.ecr.aws/lambda/python:3.12"
    })
    void anImageWithoutATagIsTheLatest(String image, String pulled) {
        assertThat(ImagePulls.reference(image)).isEqualTo(pulled);
    }
}
