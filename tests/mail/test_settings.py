"""How a site says how its mail leaves and comes back, and what it hears when it says it wrongly."""

from pathlib import Path

import pytest

from candour.mail.configuration import MailSettingError, backend_settings, mailbox, replies, sender

HOME = Path("/home/candour")


def test_files_in_the_sites_own_folder_are_the_default() -> None:
    assert backend_settings("", HOME)["EMAIL_FILE_PATH"] == "/home/candour/mail"
    assert backend_settings("file:/srv/post", HOME)["EMAIL_FILE_PATH"] == "/srv/post"


def test_an_smtp_server_is_named_with_its_password_and_tls_unless_said_otherwise() -> None:
    found = backend_settings("smtp://me%40x:p%2Fw@mail.example.org", HOME)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me@x", "p/w")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)
    assert not backend_settings("smtp://localhost:25?tls=off", HOME)["EMAIL_USE_TLS"]
    secure = backend_settings("smtps://mail.example.org", HOME)
    assert (secure["EMAIL_PORT"], secure["EMAIL_USE_SSL"]) == (465, True)


def test_any_backend_of_django_is_named_by_its_path() -> None:
    path = "anymail.backends.mailgun.EmailBackend"
    assert backend_settings(path, HOME) == {"EMAIL_BACKEND": path}


@pytest.mark.parametrize(
    "wrong",
    [
        "pop3://x",
        "smtp://",
        "smtp://host:port",
        "smtp://host:99999",
        "smtp://host?tls=maybe",
        "smtps://host?tls=off",
        "/etc/passwd",
        "mail",
    ],
)
def test_what_is_wrong_is_said_with_what_it_should_look_like(wrong: str) -> None:
    with pytest.raises(MailSettingError, match="smtp://"):
        backend_settings(wrong, HOME)


def test_no_message_about_a_setting_repeats_a_password() -> None:
    for wrong in ("smtp://me:hunter2@", "imaps://me:hunter2@host:x", "ftp://me:hunter2@host"):
        for read in (lambda w: backend_settings(w, HOME), mailbox):
            with pytest.raises(MailSettingError) as told:
                read(wrong)
            assert "hunter2" not in str(told.value)


def test_mail_comes_from_the_address_that_is_given() -> None:
    assert sender("", "candour.example.org") == ("Candour", "candour@candour.example.org")
    assert sender("Gwaith achos <a@b.example>", "x") == ("Gwaith achos", "a@b.example")
    with pytest.raises(MailSettingError, match=r"casework@example\.org"):
        sender("nobody", "x")


def test_answers_are_asked_for_only_where_they_are_read() -> None:
    assert replies("case@b.example", "a@b.example", "") == ""
    assert replies("", "a@b.example", "imaps://x") == "case@b.example"
    assert replies("box@c.example", "a@b.example", "imaps://x") == "box@c.example"
    for wrong in ("case+x@b.example", "nobody", f"{'x' * 21}@b.example"):
        with pytest.raises(MailSettingError, match="CANDOUR_MAIL_REPLIES"):
            replies(wrong, "a@b.example", "imaps://x")


def test_a_mailbox_is_read_over_tls_unless_said_otherwise() -> None:
    assert mailbox("") is None
    found = mailbox("imaps://case:a%3Ab@mail.example.org/Cases")
    assert found is not None
    assert (found.port, found.tls, found.password, found.folder) == (993, "on", "a:b", "Cases")
    plain = mailbox("imap://case:x@localhost:143?tls=off")
    assert plain is not None
    assert (plain.tls, plain.folder) == ("off", "INBOX")
    for wrong in ("imaps://mail.example.org", "imap://u:p@h?tls=on", "pop://u:p@h"):
        with pytest.raises(MailSettingError, match="imaps://"):
            mailbox(wrong)
