"""Messages as strangers and mail systems send them."""

from email.message import EmailMessage
from email.policy import SMTP

from tests.support.smtp import Arrived

PDF = b"%PDF-1.7 an answer"


def reply(to: str, text: str = "We have read it.\n", **headers: str) -> EmailMessage:
    """A person's answer."""
    made = EmailMessage(policy=SMTP)
    made["From"] = headers.pop("From", "Gŵyn Parry <gwyn@derwen.example>")
    made["To"] = to
    made["Subject"] = headers.pop("Subject", "Re: After the meeting")
    made["Message-ID"] = headers.pop("Message-ID", "<1@derwen.example>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def bounce(arrived: Arrived, *, to: str = "", action: str = "failed") -> bytes:
    """What a mail system sends to the return address of a message that it cannot deliver."""
    recipient = arrived.recipients[0]
    return f"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@relay.example>
To: {to or arrived.sender}
Subject: Undelivered Mail Returned to Sender
Message-ID: <2@relay.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

I am sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: Wed, 01 Apr 2026 10:00:00 +0100

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: Recipient address rejected

--b
Content-Type: text/rfc822-headers

Message-ID: {arrived.id}
Subject: After the meeting

--b--
""".encode()
