// MMLU's 57 subjects in four categories: tasks and groups made from the one definition in recipes/tasks/mmlu_subject.yaml.

const subjects = {
  stem: 'abstract_algebra anatomy astronomy college_biology college_chemistry college_computer_science college_mathematics college_physics computer_security conceptual_physics electrical_engineering elementary_mathematics high_school_biology high_school_chemistry high_school_computer_science high_school_mathematics high_school_physics high_school_statistics machine_learning',
  other:
    'business_ethics clinical_knowledge college_medicine global_facts human_aging management marketing medical_genetics miscellaneous nutrition professional_accounting professional_medicine virology',
  social_sciences:
    'econometrics high_school_geography high_school_government_and_politics high_school_macroeconomics high_school_microeconomics high_school_psychology human_sexuality professional_psychology public_relations security_studies sociology us_foreign_policy',
  humanities:
    'formal_logic high_school_european_history high_school_us_history high_school_world_history international_law jurisprudence logical_fallacies moral_disputes moral_scenarios philosophy prehistory professional_law world_religions',
};

/** The definitions of all subjects, as a task file would have them. */
export function mmluTasks(template: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  return Object.entries(subjects).flatMap(([category, names]) =>
    names.split(' ').map((subject) => ({
      ...template,
      task: `mmlu_${subject}`,
      task_alias: subject,
      tag: `mmlu_${category}_tasks`,
      dataset_name: subject,
      description: `The following are multiple choice questions (with answers) about ${subject.replaceAll('_', ' ')}.\n\n`,
    })),
  );
}

/** The groups: the four categories, and all of them. In 2023 a total was the user's own: the plain mean, as the paper's. */
export function mmluGroups(): Record<string, unknown>[] {
  const group = (name: string, alias: string, task: readonly string[]) => ({
    group: name,
    group_alias: alias,
    task,
    aggregate_metric_list: [{ metric: 'acc', weight_by_size: true }],
    metadata: { version: 2 },
    compat: {
      'lm-eval-2023': {
        aggregate_metric_list: [{ metric: 'acc', weight_by_size: false }],
        metadata: { version: 1 },
      },
    },
  });
  const categories = Object.entries(subjects).map(([category, names]) =>
    group(
      `mmlu_${category}`,
      category.replaceAll('_', ' '),
      names.split(' ').map((subject) => `mmlu_${subject}`),
    ),
  );
  return [
    group(
      'mmlu',
      'mmlu',
      ['stem', 'other', 'social_sciences', 'humanities'].map((name) => `mmlu_${name}`),
    ),
    ...categories,
  ];
}
