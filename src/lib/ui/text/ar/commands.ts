import type { Text } from '..';
import { commandSentences, type WhyRefused, type WordedCommands } from '../commandSentences';
import { counted, list, say } from './sentences';

const quoted = (name: string): string => say`«${name}»`;
const it = (name: string): string => (name === '' ? 'المحادثة' : quoted(name));

const roles = { owner: 'المالك', admin: 'المشرف', member: 'العضو العادي' } as const;

const worded: WordedCommands = {
	'create-conversation': {
		queued: ({ people }) =>
			people.length === 0 ? 'بدؤها' : say`بدؤها مع ${list(people.map(({ displayName }) => displayName))}`,
		refused: (_, name) => say`تعذّر إنشاء ${it(name)}.`
	},
	'change-group': {
		queued: ({ change }) => {
			if (change.name === '') return 'إزالة اسمها';
			if (change.name !== undefined) return say`إعادة تسميتها إلى ${quoted(change.name)}`;
			return change.description === undefined ? 'تغيير إعداداتها' : 'تغيير موضوعها';
		},
		refused: ({ change }, name) => {
			if (change.name === '') return say`لم يُزَل اسم ${it(name)}.`;
			if (change.name !== undefined) return say`لم تُعَد تسمية ${it(name)} إلى ${quoted(change.name)}.`;
			return change.description === undefined
				? say`لم تتغيّر إعدادات ${it(name)}.`
				: say`لم يتغيّر موضوع ${it(name)}.`;
		}
	},
	'set-group-picture': {
		queued: ({ picture }) => (picture ? 'تغيير صورتها' : 'إزالة صورتها'),
		refused: (_, name) => say`لم تتغيّر صورة ${it(name)}.`
	},
	'add-member': {
		queued: ({ person }) => say`إضافة ${person.displayName}`,
		refused: ({ person }, name) => say`لم تتم إضافة ${person.displayName} إلى ${it(name)}.`,
		why: { out_of_reach: 'هذا الشخص ليس في متناولك.', unknown_user: 'حُذف هذا الحساب في هذه الأثناء.' }
	},
	'remove-member': {
		queued: ({ person }) => say`إزالة ${person.displayName}`,
		refused: ({ person }, name) => say`لم تتم إزالة ${person.displayName} من ${it(name)}.`
	},
	'change-role': {
		queued: ({ person, role }) => say`منح ${person.displayName} دور ${roles[role]}`,
		refused: ({ person }, name) => say`لم يتغيّر دور ${person.displayName} في ${it(name)}.`
	},
	'hand-over': {
		queued: ({ person }) => say`تسليمها إلى ${person.displayName}`,
		refused: ({ person }, name) => say`لم يتم تسليم ${it(name)} إلى ${person.displayName}.`,
		why: { last_owner: 'لا يمكن لهذا الحساب أن يملكها الآن.' }
	},
	'answer-request': {
		queued: ({ person, yes }) => (yes ? say`قبول ${person.displayName}` : say`رفض ${person.displayName}`),
		refused: ({ person }, name) => say`لم يتم الرد على طلب ${person.displayName} للانضمام إلى ${it(name)}.`
	},
	'withdraw-request': {
		queued: ({ name }) => say`سحب طلب الانضمام إلى ${it(name)}`,
		refused: ({ name }) => say`لم يُسحب طلبك للانضمام إلى ${it(name)}.`,
		why: { no_such_request: 'تم الرد عليه أو سحبه من قبل.' }
	},
	'leave-group': {
		queued: () => 'مغادرة',
		refused: (_, name) => say`لم تتم مغادرتك ${it(name)}.`
	},
	'remove-message': {
		queued: ({ text }) => say`حذف عند الجميع: ${quoted(text)}`,
		refused: ({ text }) => say`لم تُحذف الرسالة ${quoted(text)}.`
	},
	report: {
		queued: ({ name, request }) =>
			request.message === undefined ? say`الإبلاغ عن ${name}` : say`الإبلاغ عن رسالة من ${name}`,
		refused: ({ name, request }) =>
			request.message === undefined
				? say`لم يتم الإبلاغ عن ${name}.`
				: say`لم يتم الإبلاغ عن الرسالة من ${name}.`
	},
	'change-profile': {
		queued: () => 'تغيير ملفك الشخصي',
		refused: () => 'لم يتغيّر ملفك الشخصي.'
	},
	'set-picture': {
		queued: ({ picture }) => (picture ? 'تغيير صورتك' : 'إزالة صورتك'),
		refused: () => 'لم تتغيّر صورتك.'
	},
	'block-person': {
		queued: ({ person }) => say`حظر ${person.displayName}`,
		refused: ({ person }) => say`لم يتم حظر ${person.displayName}.`
	},
	'unblock-person': {
		queued: ({ person }) => say`إلغاء حظر ${person.displayName}`,
		refused: ({ person }) => say`لم يتم إلغاء حظر ${person.displayName}.`
	}
};

const CANNOT_BE = 'لم يفهمه الخادم. قد تستطيع ذلك نسخة أحدث من Skein.';

const why: WhyRefused = {
	changed_meanwhile: 'غيّرها شخص آخر في هذه الأثناء.',
	direct_conversation: 'المحادثة المباشرة تبقى بين اثنين.',
	gone_meanwhile: 'غادرها هذا الشخص أو أُزيل منها في هذه الأثناء. يمكن إضافته من جديد.',
	id_reused: 'طلب هذا الجهاز أمرين برقم واحد. يُرجى المحاولة مرة أخرى.',
	id_taken: 'حلّت محادثة أخرى محلها. يُرجى بدؤها من جديد.',
	invalid: 'لا يقبلها الخادم كما هي.',
	last_owner: 'لا مالك نشطًا لها سواك. يجب تسليمها لأحد أولًا.',
	malformed_json: CANNOT_BE,
	message_gone: 'لم تعد الرسالة موجودة.',
	no_such_conversation: 'لم تعد عضويتك فيها قائمة، أو لم تعد موجودة.',
	no_such_member: 'لم يعد هذا الشخص فيها.',
	no_such_message: 'لم تعد موجودة.',
	no_such_method: CANNOT_BE,
	no_such_path: CANNOT_BE,
	no_such_request: 'لم يعد الطلب قائمًا، أو تم الرد عليه.',
	no_such_user: 'لم يعد هذا الحساب موجودًا.',
	not_a_picture: 'لا يستطيع الخادم قراءة هذه الصورة.',
	not_allowed: 'لا يسمح لك دورك في المجموعة بذلك.',
	not_json: CANNOT_BE,
	not_moderator: 'لا يحذف رسائل الآخرين إلا المالكون والمشرفون.',
	other_origin: 'لا يقبلها الخادم من هذا العنوان.',
	out_meanwhile: 'انقطعت عضويتك فيها بعد طلبك هذا. يمكن طلبه من جديد.',
	out_of_reach: 'فيها شخص ليس في متناولك.',
	out_of_scope: 'لا يُسمح بذلك لهذا الدخول.',
	refused: 'رفضه الخادم.',
	theirs_too_many: 'أحد الأشخاص لا يمكنه الانضمام إلى مجموعة أخرى الآن.',
	too_large: 'حجمه أكبر من المسموح.',
	too_many_blocks: 'بلغ عدد المحظورين لديك حدّه. يجب إلغاء حظر أحدهم أولًا.',
	too_many_conversations: 'بلغ عدد محادثاتك حدّه. يجب مغادرة إحداها أولًا.',
	too_many_members: 'بلغ عدد الأشخاص في المحادثة حدّه.',
	too_many_reports: 'بلغ عدد بلاغاتك المنتظرة حدّه.',
	too_many_pixels: 'في الصورة بكسلات أكثر من المسموح.',
	unknown_user: 'حذف أحدهم حسابه في هذه الأثناء.',
	was_removed: 'لا يعيد من أُزيل إلا المالكون والمشرفون.'
};

export const commands: Text['commands'] = {
	title: 'تغييرات تنتظر',
	said: counted({
		zero: 'لا تغييرات تنتظر هنا.',
		one: 'تغيير واحد ينتظر هنا. يُرسَل من تلقاء نفسه عند الاتصال التالي.',
		two: 'تغييران ينتظران هنا. يُرسَلان من تلقاء نفسيهما عند الاتصال التالي.',
		few: '{$n} تغييرات تنتظر هنا. تُرسَل من تلقاء نفسها عند الاتصال التالي.',
		many: '{$n} تغييرًا تنتظر هنا. تُرسَل من تلقاء نفسها عند الاتصال التالي.',
		other: '{$n} تغيير تنتظر هنا. تُرسَل من تلقاء نفسها عند الاتصال التالي.'
	}),
	saidSignedOut: counted({
		zero: 'لا تغييرات تنتظر هنا.',
		one: 'تغيير واحد ينتظر هنا. يُرسَل بعد تسجيل الدخول من جديد.',
		two: 'تغييران ينتظران هنا. يُرسَلان بعد تسجيل الدخول من جديد.',
		few: '{$n} تغييرات تنتظر هنا. تُرسَل بعد تسجيل الدخول من جديد.',
		many: '{$n} تغييرًا تنتظر هنا. تُرسَل بعد تسجيل الدخول من جديد.',
		other: '{$n} تغيير تنتظر هنا. تُرسَل بعد تسجيل الدخول من جديد.'
	}),
	list: 'تغييرات على هذا الجهاز فقط',
	given: (when) => say`طُلب ${when}`,
	cancel: 'سحب',
	takenBack: 'تم السحب. لم يغادر هذا الجهاز قط.',
	leftAlready: 'كان قد غادر.',
	deeds: {
		redaction: 'حذف إحدى رسائلك عند الجميع. ما زال الآخرون يرونها.',
		react: (emoji, message) => say`التفاعل بالرمز ${emoji} مع ${quoted(message)}`,
		unreact: (emoji, message) => say`سحب ${emoji} من ${quoted(message)}`,
		pin: (message) => say`تثبيت ${quoted(message)}`,
		unpin: (message) => say`إلغاء تثبيت ${quoted(message)}`,
		turnOn: (what) => say`تفعيل ${quoted(what)}`,
		turnOff: (what) => say`إيقاف ${quoted(what)}`
	},
	account: 'حسابك',
	...commandSentences(worded, why)
};
