/* A team's own style: what a template may say, and what it may not. */
#include <string.h>

#include "render/style/template.h"
#include "base/json.h"
#include "render/render.h"
#include "sample.h"
#include "unit.h"

static const char data[] =
    "{\"a\":\"x\",\"b\":{\"c\":\"y\",\"n\":null},\"none\":null,\"no\":false,"
    "\"yes\":true,\"zero\":0,\"n\":7,\"blank\":\"\",\"empty\":[],"
    "\"list\":[{\"a\":\"1\"},{\"a\":\"2\"},{\"k\":\"3\"}],"
    "\"words\":[\"p\",\"q\"],\"m_md\":\"**m**\",\"m\":\"**m** @u\\nz\","
    "\"u\":\"https://x.y/(a)\",\"j\":\"javascript:alert(1)\","
    "\"q\":\"\\\"><b\"}";

static enum rc
fill(const char *text, struct buf *out, struct err *err)
{
	json_t *value;
	enum rc rc;

	assert_int_equal(json_parse(data, strlen(data), &value, err), RC_OK);
	rc = template_fill(text, value, out, err);
	json_decref(value);
	return rc;
}

static void
makes(const char *text, const char *want)
{
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	if (fill(text, &out, &err) != RC_OK)
		fail_msg("%s: %s", text, err.msg);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void
fails(const char *text, const char *want)
{
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(fill(text, &out, &err), RC_INVALID);
	if (strstr(err.msg, want) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", want, err.msg);
	buf_release(&out);
}

static void
test_values(void **state)
{
	(void)state;
	makes("", "");
	makes("{ {a}} }}", "{ {a}} }}");
	makes("{{a}}{{ a }}", "xx");
	makes("{{b.c}}{{n}}{{none}}{{b.n}}{{b.n.z}}", "y7");
	makes("{{yes}}", "true");
	makes("{{! a comment }}x", "x");
	makes("{{m_md}}", "**m**");
	makes("{{m}}", "\\*\\*m\\*\\* `@u` z");
}

static void
test_sections(void **state)
{
	(void)state;
	makes("{{#yes}}1{{/yes}}{{^yes}}2{{/yes}}", "1");
	makes("{{#no}}1{{/no}}{{^no}}2{{/no}}", "2");
	makes("{{#none}}1{{/none}}{{#blank}}2{{/blank}}{{#zero}}3{{/zero}}",
	    "");
	makes("{{#empty}}1{{/empty}}{{^empty}}2{{/empty}}", "2");
	makes("{{#b}}{{c}}{{a}}{{/b}}", "yx");
	makes("{{#list}}{{a}}{{/list}}", "12x");
	makes("{{#words}}{{.}}{{^last}}, {{/last}}{{/words}}", "p, q");
	makes("{{#words}}{{#first}}<{{/first}}{{.}}{{/words}}", "<pq");
	makes("{{#words}}{{#words}}{{.}}{{/words}}{{#last}}!{{/last}}"
	      "{{/words}}",
	    "pqpq!");
}

static void
test_a_tag_alone_takes_its_line(void **state)
{
	(void)state;
	makes("a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n");
	makes("a\n  {{#no}}  \nb\n{{/no}}\nc\n", "a\nc\n");
	makes("a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\n", "a\r\nb\r\n");
	makes("{{! x }}\na\n", "a\n");
	makes("a {{#yes}}\nb\n{{/yes}} c\n", "a \nb\n c\n");
	makes("{{a}}\n", "x\n");
	makes("{{#yes}}\nb{{/yes}}", "b");
}

static void
test_escapes_for_the_place(void **state)
{
	(void)state;
	makes("[t]({{u}})", "[t](https://x.y/%28a%29)");
	makes("[t]({{j}})", "[t](javascript%3Aalert%281%29)");
	makes("[t](https://x.y/{{m}})",
	    "[t](https://x.y/%2A%2Am%2A%2A%20%40u%20z)");
	makes("<b title=\"{{q}}\">", "<b title=\"&quot;&gt;&lt;b\">");
	makes("<b>{{a}}", "<b>x");
	makes("{{u}}", "`https://x.y/`(a)");
}

static void
test_mistakes_are_named(void **state)
{
	(void)state;
	fails("a\n\n{{b", "line 3: {{ without }}");
	fails("{{#yes}}\n{{a}}", "line 1: {{#yes}} without {{/yes}}");
	fails("a\n{{/yes}}", "line 2: {{/yes}} ends nothing");
	fails("{{#yes}}\n\n{{/no}}", "line 3: {{/no}} where {{/yes}} was due");
	fails("a\n{{versoin}}", "line 2: there is no \"versoin\"");
	fails("{{#nope}}{{/nope}}", "there is no \"nope\"");
	fails("{{list}}", "\"list\" is a list");
	fails("{{b}}", "\"b\" is a list");
	fails("{{}}", "without a name");
	fails("{{{a}}}", "not a name");
	fails("{{&a}}", "not a name");
	fails("{{> file}}", "not a name");
	fails("{{=<% %>=}}", "not a name");
	fails("{{b..c}}", "there is no");
	fails("{{last}}", "there is no");
}

static void
test_nesting_has_an_end(void **state)
{
	struct buf t = BUF_INIT;

	(void)state;
	for (int i = 0; i < 16; i++)
		buf_puts(&t, "{{#words}}");
	buf_puts(&t, "{{#empty}}{{/empty}}");
	fails(buf_str(&t), "more than 16");
	/* 2 to the 16th turns with a kilobyte each. */
	buf_clear(&t);
	for (int i = 0; i < 16; i++)
		buf_puts(&t, "{{#words}}");
	buf_fill(&t, 'x', 1024);
	for (int i = 0; i < 16; i++)
		buf_puts(&t, "{{/words}}");
	fails(buf_str(&t), "16 MiB");
	buf_release(&t);
}

static void
test_as_a_style(void **state)
{
	struct render_options o = { .template_text = "# {{version}}\n\nx\n" };
	struct notes n;
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	sample_notes(&n);
	assert_int_equal(render_notes(&n, &o, &out, &err), RC_OK);
	assert_string_equal(buf_str(&out), "# 3.6.1\n\nx\n");
	buf_clear(&out);
	assert_int_equal(render_heading(&n, &o, &out, &err), RC_OK);
	assert_string_equal(buf_str(&out), "# 3.6.1\n");
	buf_clear(&out);
	o.format = FORMAT_HTML_FRAGMENT;
	o.template_text = "# {{version}}\n\n<script>x</script>\n\n"
			  "[l](javascript:x) [m](https://x.y)\n";
	assert_int_equal(render_notes(&n, &o, &out, &err), RC_OK);
	assert_non_null(strstr(buf_str(&out), "<h1>3.6.1</h1>"));
	assert_null(strstr(buf_str(&out), "<script"));
	assert_null(strstr(buf_str(&out), "javascript"));
	assert_non_null(strstr(buf_str(&out), "<a href=\"https://x.y\">m</a>"));
	o.style = "template";
	o.template_text = NULL;
	assert_int_equal(render_notes(&n, &o, &out, &err), RC_USAGE);
	assert_non_null(strstr(err.msg, "docs/STYLES.md"));
	buf_release(&out);
	notes_release(&n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_a_tag_alone_takes_its_line),
		cmocka_unit_test(test_escapes_for_the_place),
		cmocka_unit_test(test_mistakes_are_named),
		cmocka_unit_test(test_nesting_has_an_end),
		cmocka_unit_test(test_as_a_style),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
